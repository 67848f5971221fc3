// Command release makes a version that can be handed out: it looks whether the source
// is ready for that, writes the version into the manifest, has `make zip` build the
// packages, and puts them into build/release, with the source that they can be built
// from again, a bill of materials and the digests of all. The same source gives the
// same bytes.
package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"portico/internal/linked"
)

// folder is where a release is put, below the folder of its source.
const folder = "build/release"

// sumsFile has the digests of all else, as sha256sum writes and checks them.
const sumsFile = "SHA256SUMS"

func main() {
	version := flag.String("version", "", "version to release, such as 1.2.3 (required)")
	flag.Parse()
	if *version == "" {
		fmt.Fprintln(os.Stderr, "usage: make release VERSION=1.2.3")
		os.Exit(2)
	}
	r := release{root: ".", version: *version, build: makeZip, log: os.Stdout}
	if err := r.make(); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// makeZip builds the packages of the source in a folder.
func makeZip(root string) error {
	cmd := exec.Command("make", "-s", "zip")
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stdout, os.Stderr
	return cmd.Run()
}

// release is a version that is to be made of the source in a folder.
type release struct {
	root, version string
	build         func(root string) error // leaves build/portico-*.zip
	log           io.Writer
}

func (r release) make() error {
	made, err := r.ready()
	if err != nil {
		return err
	}
	if err := r.writeVersion(); err != nil {
		return err
	}
	files, err := r.packages()
	if err != nil {
		return err
	}
	var archive bytes.Buffer
	if err := writeSource(&archive, r.root, "portico-"+r.version, made); err != nil {
		return err
	}
	files["portico-"+r.version+"-source.tar.gz"] = archive.Bytes()
	goroot, err := linked.Toolchain()
	if err != nil {
		return err
	}
	if files["portico-"+r.version+".cdx.json"], err = linked.SBOM(goroot, r.root, r.version, made); err != nil {
		return err
	}
	files[sumsFile] = sums(files)
	if err := r.write(files); err != nil {
		return err
	}
	fmt.Fprintf(r.log, "\n%s has\n%s\ndocs/releasing.md says what comes next.\n", folder, files[sumsFile])
	return nil
}

// packages builds them, and gives them by the names that they are handed out under.
func (r release) packages() (map[string][]byte, error) {
	const begin, end = "portico-", ".zip"
	built := filepath.Join(r.root, "build", begin+"*"+end)
	stale, err := filepath.Glob(built)
	if err != nil {
		return nil, err
	}
	for _, name := range stale {
		if err := os.Remove(name); err != nil {
			return nil, err
		}
	}
	if err := r.build(r.root); err != nil {
		return nil, fmt.Errorf("build the packages: %w", err)
	}
	names, err := filepath.Glob(built)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("build the packages: there is no %s", built)
	}
	files := make(map[string][]byte)
	for _, name := range names {
		browser := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), begin), end)
		if files[begin+browser+"-"+r.version+end], err = os.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// write has the folder hold files and nothing else.
func (r release) write(files map[string][]byte) error {
	out := filepath.Join(r.root, filepath.FromSlash(folder))
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(out, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func sums(files map[string][]byte) []byte {
	var text bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&text, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	return text.Bytes()
}
