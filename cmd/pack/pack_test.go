package main

import (
	"archive/zip"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// shippedFiles is all that reaches users. Whoever adds to it has looked at what
// the file is for and who may read it.
var shippedFiles = []string{
	"NOTICES.txt",
	"apis.js",
	"backend.wasm",
	"background.js",
	"callback/callback.html",
	"callback/callback.js",
	"demo.wasm",
	"demo/portal.css",
	"demo/portal.html",
	"demo/portal.js",
	"demo/worker.js",
	"icons/128.png",
	"icons/16.png",
	"icons/32.png",
	"icons/48.png",
	"managed.json",
	"manifest.json",
	"offscreen/copy.html",
	"offscreen/copy.js",
	"options/ask.js",
	"options/data.js", "options/file.js",
	"options/managed.js",
	"options/options.css",
	"options/options.html",
	"options/options.js",
	"options/profiles.js",
	"options/revoked.js",
	"options/say.js",
	"platform.js",
	"policy.js",
	"popup.wasm",
	"popup/actions.js", "popup/help.js", "popup/label.js", "popup/look.js",
	"popup/popup.css",
	"popup/popup.html",
	"popup/popup.js",
	"popup/rescue.js", "popup/sheet.js",
	"program.js",
	"seal.js",
	"wasm_exec.js",
}

// prepared is a packing of the real extension with small programs.
func prepared(t *testing.T) packing {
	t.Helper()
	p := packing{programs: t.TempDir(), goroot: t.TempDir(), notices: "whose licence is which", out: t.TempDir(), zip: true}
	p.source = filepath.Join(t.TempDir(), "extension")
	if err := os.CopyFS(p.source, os.DirFS("../../extension")); err != nil {
		t.Fatal(err)
	}
	write(t, loader(p), "// the toolchain's")
	for _, b := range budgets {
		write(t, filepath.Join(p.programs, b.program), "\x00asm "+b.program)
	}
	return p
}

func loader(p packing) string { return filepath.Join(p.goroot, "lib", "wasm", "wasm_exec.js") }

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func pack(t *testing.T, p packing) {
	t.Helper()
	if err := p.run(io.Discard); err != nil {
		t.Fatal(err)
	}
}

// folder reads all files of a folder by their path in it.
func folder(t *testing.T, name string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	if err := fs.WalkDir(os.DirFS(name), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(name, path))
		files[path] = string(content)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

// unzipped reads a zip by the paths in it.
func unzipped(t *testing.T, name string) map[string]string {
	t.Helper()
	r, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	files := make(map[string]string)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}

func TestShippedFilesAreTheReviewedOnes(t *testing.T) {
	p := prepared(t)
	pack(t, p)
	made := map[string]map[string]string{
		"release":     folder(t, filepath.Join(p.out, "chrome")),
		"development": folder(t, filepath.Join(p.out, "chrome-dev")),
		"zip":         unzipped(t, filepath.Join(p.out, "portico-chrome.zip")),
	}
	for name, files := range made {
		if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, shippedFiles) {
			t.Errorf("%s holds %q, want %q", name, got, shippedFiles)
		}
	}
	if !maps.Equal(made["release"], made["zip"]) {
		t.Error("the zip is not the release")
	}
	if edge := unzipped(t, filepath.Join(p.out, "portico-edge.zip")); !maps.Equal(edge, made["release"]) {
		t.Error("Edge is given something else than Chrome")
	}
	if got := made["zip"]["wasm_exec.js"]; got != "// the toolchain's" {
		t.Errorf("the toolchain's loader became %q", got)
	}
	if got := made["zip"]["NOTICES.txt"]; got != p.notices {
		t.Errorf("the notices became %q", got)
	}
	made["firefox"] = unzipped(t, filepath.Join(p.out, "portico-firefox.zip"))
	delete(made["release"], "manifest.json")
	delete(made["development"], "manifest.json")
	if !maps.Equal(made["release"], made["development"]) {
		t.Error("the builds differ in more than the manifest")
	}
}

// Firefox's package has its own part of the scripts, and everything else is Chrome's.
func TestFirefoxDiffersInItsPlatformAlone(t *testing.T) {
	p := prepared(t)
	pack(t, p)
	chrome, firefox := unzipped(t, filepath.Join(p.out, "portico-chrome.zip")), unzipped(t, filepath.Join(p.out, "portico-firefox.zip"))
	var differ []string
	for _, name := range shippedFiles {
		if chrome[name] != firefox[name] {
			differ = append(differ, name)
		}
	}
	if want := []string{"manifest.json", "platform.js", "popup/popup.js"}; !slices.Equal(differ, want) {
		t.Errorf("%q differ, want %q", differ, want)
	}
	if !strings.Contains(firefox["popup/popup.js"], "chrome.tabs.onActivated") || strings.Contains(chrome["popup/popup.js"], "chrome.tabs.onActivated") {
		t.Error("the panel is closed by hand in another browser than Firefox")
	}
}

func TestUnpackedFolderHoldsNothingStale(t *testing.T) {
	p := prepared(t)
	for _, f := range flavours {
		write(t, filepath.Join(p.out, f.folder, "popup", "old.js"), "of the last build")
	}
	pack(t, p)
	for _, f := range flavours {
		if got := slices.Sorted(maps.Keys(folder(t, filepath.Join(p.out, f.folder)))); !slices.Equal(got, shippedFiles) {
			t.Errorf("%s holds %q", f.folder, got)
		}
	}
}

func TestStrayFilesAreRefused(t *testing.T) {
	for _, stray := range []string{
		"popup/popup.js~", ".DS_Store", ".env.json", "key.pem", "notes.txt", "popup/.popup.js.swp", "popup/popup.ts",
		"popup/popup.js.map", "README", "backend.wasm", "wasm_exec.js",
	} {
		p := prepared(t)
		write(t, filepath.Join(p.source, stray), "stray")
		refused(t, p, stray)
	}
	p := prepared(t)
	write(t, filepath.Join(p.source, ".cache", "a.js"), "stray")
	refused(t, p, ".cache")

	p = prepared(t)
	if err := os.Symlink(loader(p), filepath.Join(p.source, "linked.js")); err != nil {
		t.Fatal(err)
	}
	refused(t, p, "linked.js")
}

// refused fails the test unless packing fails, says why, and leaves nothing.
func refused(t *testing.T, p packing, why string) {
	t.Helper()
	if err := p.run(io.Discard); err == nil || !strings.Contains(err.Error(), why) {
		t.Errorf("%s: error %v", why, err)
	}
	if left := folder(t, p.out); len(left) != 0 {
		t.Errorf("%s: was refused, and left %q", why, slices.Sorted(maps.Keys(left)))
	}
}

func TestMissingPartsAreRefused(t *testing.T) {
	for _, missing := range []func(p packing) string{
		func(p packing) string { return filepath.Join(p.source, "manifest.json") },
		func(p packing) string { return filepath.Join(p.programs, "popup.wasm") },
		func(p packing) string { return filepath.Join(p.programs, "backend.wasm") },
		loader,
	} {
		p := prepared(t)
		name := missing(p)
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if err := p.run(io.Discard); err == nil {
			t.Errorf("packed without %s", filepath.Base(name))
		}
	}
}

// The same content gives the same zip wherever and whenever it is packed.
func TestZipIsDeterministic(t *testing.T) {
	names := []string{"portico-chrome.zip", "portico-edge.zip", "portico-firefox.zip"}
	var zips [2]map[string]string
	for i := range zips {
		p := prepared(t) // folders of its own
		old := time.Date(2001+i, 2, 3, 4, 5, 6, 0, time.Local)
		mode := fs.FileMode(0o600 + 0o100*i)
		for name := range folder(t, p.source) {
			name = filepath.Join(p.source, name)
			if err := os.Chtimes(name, old, old); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(name, mode); err != nil {
				t.Fatal(err)
			}
		}
		pack(t, p)
		zips[i] = make(map[string]string)
		for _, name := range names {
			packed, err := os.ReadFile(filepath.Join(p.out, name))
			if err != nil {
				t.Fatal(err)
			}
			zips[i][name] = string(packed)
		}
	}
	if !maps.Equal(zips[0], zips[1]) {
		t.Error("two folders gave two zips")
	}
}

func TestProgramOverBudgetIsRefused(t *testing.T) {
	for _, b := range budgets {
		p := prepared(t)
		noise := make([]byte, b.bytes+1) // does not compress
		for i, random := 0, rand.New(rand.NewPCG(1, 2)); i < len(noise); i++ {
			noise[i] = byte(random.Uint32())
		}
		write(t, filepath.Join(p.programs, b.program), string(noise))
		refused(t, p, b.program)

		// What counts is what is sent: as many bytes that do compress are fine.
		write(t, filepath.Join(p.programs, b.program), strings.Repeat("a", 4*b.bytes))
		pack(t, p)
	}
}
