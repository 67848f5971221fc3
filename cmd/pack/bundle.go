package main

import (
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// firstScript is what a popup runs.
const firstScript = "popup/popup.js"

// platformScript is the part of it that each platform may have as its own.
const platformScript = "popup/platform.js"

// bundle makes one file of the popup's script and what it imports at once, Go's
// loader among it: each further file would delay the first frame, or Go, by some
// milliseconds. What it imports later stays as it is.
func bundle(source string, files map[string][]byte) error {
	source, err := filepath.Abs(source)
	if err != nil {
		return err
	}
	made := api.Build(api.BuildOptions{AbsWorkingDir: source, EntryPoints: []string{firstScript}, Outfile: firstScript,
		Bundle: true, Format: api.FormatESModule, Charset: api.CharsetUTF8, Metafile: true, Plugins: []api.Plugin{elsewhere(files[loaderName], files[platformScript])}})
	for _, e := range made.Errors {
		return fmt.Errorf("bundle %s: %s", firstScript, e.Text)
	}
	var used struct{ Inputs map[string]any }
	if err := json.Unmarshal([]byte(made.Metafile), &used); err != nil {
		return fmt.Errorf("bundle %s: %w", firstScript, err)
	}
	for name := range used.Inputs {
		if path.Dir(name) == path.Dir(firstScript) { // others are the worker's too
			delete(files, name)
		}
	}
	files[firstScript] = made.OutputFiles[0].Contents
	return nil
}

// elsewhere has Go's loader read from the toolchain's and the platform's part from what
// is packed, and leaves out what a script imports when it needs it.
func elsewhere(loader, platform []byte) api.Plugin {
	return api.Plugin{Name: "elsewhere", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: "."}, func(args api.OnResolveArgs) (r api.OnResolveResult, err error) {
			switch {
			case args.Kind == api.ResolveJSDynamicImport:
				r.Path, r.External = args.Path, true
			case path.Base(args.Path) == loaderName:
				r.Path, r.Namespace = loaderName, "go"
			}
			return r, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: `[/\\]popup[/\\]platform\.js$`}, func(api.OnLoadArgs) (r api.OnLoadResult, err error) {
			text := string(platform)
			r.Contents = &text
			return r, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".", Namespace: "go"}, func(api.OnLoadArgs) (r api.OnLoadResult, err error) {
			text := string(loader)
			r.Contents = &text
			return r, nil
		})
	}}
}
