package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// firstScript is what a popup runs before its first frame.
const firstScript = "popup/popup.js"

// bundle makes one file of the popup's first script and what it imports at once:
// each further file would delay the first frame by a millisecond or two. What it
// imports later stays as it is.
func bundle(source string, files map[string][]byte) error {
	source, err := filepath.Abs(source)
	if err != nil {
		return err
	}
	made := api.Build(api.BuildOptions{AbsWorkingDir: source, EntryPoints: []string{firstScript}, Outfile: firstScript,
		Bundle: true, Format: api.FormatESModule, Charset: api.CharsetUTF8, Metafile: true, Plugins: []api.Plugin{later}})
	for _, e := range made.Errors {
		return fmt.Errorf("bundle %s: %s", firstScript, e.Text)
	}
	var used struct{ Inputs map[string]any }
	if err := json.Unmarshal([]byte(made.Metafile), &used); err != nil {
		return fmt.Errorf("bundle %s: %w", firstScript, err)
	}
	for name := range used.Inputs {
		delete(files, name)
	}
	files[firstScript] = made.OutputFiles[0].Contents
	return nil
}

// later leaves out what a script imports when it needs it.
var later = api.Plugin{Name: "later", Setup: func(b api.PluginBuild) {
	b.OnResolve(api.OnResolveOptions{Filter: "."}, func(args api.OnResolveArgs) (r api.OnResolveResult, err error) {
		if args.Kind == api.ResolveJSDynamicImport {
			r.Path, r.External = args.Path, true
		}
		return r, nil
	})
}}
