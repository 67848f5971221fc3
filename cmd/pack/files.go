package main

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	// loaderName is what our scripts call Go's own JavaScript support.
	loaderName = "wasm_exec.js"
	// noticesName is the file with the licences of what others made.
	noticesName = "NOTICES.txt"
)

// collect gives all the extension's files by their path in it.
func (p packing) collect(f flavour) (map[string][]byte, error) {
	files, err := ownFiles(p.source)
	if err != nil {
		return nil, err
	}
	if files["manifest.json"], err = f.manifest(files["manifest.json"]); err != nil {
		return nil, err
	}
	if err := f.replace(files); err != nil {
		return nil, err
	}
	files[noticesName] = []byte(p.notices)
	made := map[string]string{loaderName: filepath.Join(p.goroot, "lib", "wasm", loaderName)}
	for _, b := range budgets {
		made[b.program] = filepath.Join(p.programs, b.program)
	}
	for name, from := range made {
		if _, taken := files[name]; taken {
			return nil, fmt.Errorf("%s is made by the build and must not be in %s", name, p.source)
		}
		if files[name], err = os.ReadFile(from); err != nil {
			return nil, fmt.Errorf("collect programs: %w", err)
		}
	}
	if err := bundle(p.source, files); err != nil {
		return nil, err
	}
	return files, nil
}

// ownFiles reads the folder of what is ours to write, and refuses what does not
// belong there.
func ownFiles(source string) (map[string][]byte, error) {
	files := make(map[string][]byte)
	root := os.DirFS(source)
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && !hidden(path) {
			return err
		}
		if !d.Type().IsRegular() || !shipped(path) {
			return fmt.Errorf("%s is of no kind that is shipped", filepath.Join(source, path))
		}
		files[path], err = fs.ReadFile(root, path)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("collect files: %w", err)
	}
	return files, nil
}

// shipped tells whether a file of the source folder belongs into the extension:
// a stray editor backup or key must not reach users.
func shipped(path string) bool {
	kinds := []string{".json", ".js", ".html", ".css", ".png"}
	return slices.Contains(kinds, filepath.Ext(path)) && !hidden(path)
}

func hidden(path string) bool {
	return path != "." && strings.HasPrefix(filepath.Base(path), ".")
}

// writeFolder makes folder hold files and nothing else.
func writeFolder(folder string, files map[string][]byte) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	for path, content := range files {
		name := filepath.Join(folder, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// writeZip writes files in the order of their names, without modes and all of
// one time, so that equal files give equal bytes.
func writeZip(out io.Writer, files map[string][]byte) error {
	// The earliest time that a zip can hold: none at all is no valid one.
	epoch := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	w := zip.NewWriter(out)
	for _, path := range slices.Sorted(maps.Keys(files)) {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return err
		}
		if _, err := entry.Write(files[path]); err != nil {
			return err
		}
	}
	return w.Close()
}
