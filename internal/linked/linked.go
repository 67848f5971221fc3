// Package linked tells what the extension is made of, as the go command sees it:
// the modules that its programs link, with their licences, and the files of ours
// that a build reads. The packing and the end-to-end tests stand on it; no shipped
// program does.
package linked

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// pkg is a package as `go list` describes it.
type pkg struct {
	Dir        string
	GoFiles    []string
	EmbedFiles []string
	Module     *Module // nil for the standard library
}

// Module is a module of which a program links a package.
type Module struct {
	Path, Version string
	Sum           string // as in go.sum; empty for ours
	Dir           string // where its files are
	Main          bool   // it is ours
}

// list lists packages of the module in a folder, and all they lead to, as they are
// compiled for the extension by the toolchain in goroot.
func list(goroot, root string, patterns ...string) ([]pkg, error) {
	args := append([]string{"list", "-deps", "-json=Dir,GoFiles,EmbedFiles,Module"}, patterns...)
	cmd := exec.Command(filepath.Join(goroot, "bin", "go"), args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list packages: %w: %s", err, strings.TrimSpace(said.String()))
	}
	var packages []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("list packages: %w", err)
		}
		packages = append(packages, p)
	}
}

// Toolchain gives the folder of the toolchain that the go command in PATH is of.
func Toolchain() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("find the toolchain: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}
