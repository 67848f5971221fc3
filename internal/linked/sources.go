package linked

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// made are what a build reads besides packages: folders and files, by their path
// in the module.
var made = []string{"extension", "Makefile", "go.mod", "go.sum"}

// SourcesFile is where a build leaves its [Sources], in the folder it writes to.
const SourcesFile = "sources.sum"

// packer puts the extension together.
const packer = "./cmd/pack"

// Sources gives the digest of each file of ours that a build of the extension
// reads, in the form of sha256sum, in the order of the paths.
func Sources(goroot, root string) ([]byte, error) {
	files, err := sources(goroot, root)
	if err != nil {
		return nil, err
	}
	var sums bytes.Buffer
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(content), file)
	}
	return sums.Bytes(), nil
}

func sources(goroot, root string) ([]string, error) {
	packages, err := list(goroot, root, programs, packer)
	if err != nil {
		return nil, err
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, err
	}
	if root, err = filepath.Abs(root); err != nil {
		return nil, err
	}
	found := make(map[string]bool)
	for _, p := range packages {
		if p.Module == nil || !p.Module.Main {
			continue
		}
		dir, err := filepath.Rel(root, p.Dir)
		if err != nil {
			return nil, err
		}
		for _, name := range append(p.GoFiles, p.EmbedFiles...) {
			found[filepath.ToSlash(filepath.Join(dir, name))] = true
		}
	}
	for _, top := range made {
		err := fs.WalkDir(os.DirFS(root), top, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				found[path] = true
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// Differing gives the paths in which two texts of [Sources] differ.
func Differing(a, b []byte) []string {
	in := make(map[string]int)
	for _, sums := range [][]byte{a, b} {
		for line := range strings.Lines(string(sums)) {
			in[line]++
		}
	}
	paths := make(map[string]bool)
	for line, n := range in {
		if n == 1 {
			_, path, _ := strings.Cut(strings.TrimSpace(line), "  ")
			paths[path] = true
		}
	}
	return slices.Sorted(maps.Keys(paths))
}
