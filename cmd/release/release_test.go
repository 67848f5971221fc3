package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const sections = "# Changelog\n\n## Unreleased\n\n## 1.3.0 - 2026-02-03\n- It is faster.\n\n## 1.2.0 - 2026-01-02\n- It is there.\n"

// source is a repository of its own: what a release reads of ours, as version 1.2.0, and
// a program.
func source(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range map[string]string{
		"CHANGELOG.md": sections,
		".gitignore":   "/build/\n",
		manifestFile:   "{\n  \"name\": \"Portico\",\n  \"version\": \"1.2.0\",\n  \"icons\": {\"version\": \"x\"}\n}\n",
		"go.mod":       "module portico\n\ngo 1.26.0\n\n" + toolchain(t, "../../go.mod") + "\n",
		"wasm/main.go": "package main\n\nfunc main() {}\n",
		"run.sh":       "#!/bin/sh\n",
	} {
		write(t, filepath.Join(root, name), content)
	}
	licence, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, "LICENSE"), string(licence))
	if err := os.Chmod(filepath.Join(root, "run.sh"), 0o700); err != nil {
		t.Fatal(err)
	}
	in(t, root, "init", "-q")
	commit(t, root)
	return root
}

// toolchain gives the line of a go.mod that names one.
func toolchain(t *testing.T, name string) string {
	t.Helper()
	mod, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(regexp.MustCompile(`(?m)^toolchain \S+$`).Find(mod))
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func in(t *testing.T, root string, args ...string) {
	t.Helper()
	if _, err := git(root, args...); err != nil {
		t.Fatal(err)
	}
}

func commit(t *testing.T, root string) {
	t.Helper()
	in(t, root, "add", "-A")
	in(t, root, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "all")
}

// packed stands for `make zip`: of each package what the manifest says.
func packed(root string) error {
	manifest, err := os.ReadFile(filepath.Join(root, manifestFile))
	if err != nil {
		return err
	}
	for _, browser := range []string{"chrome", "edge", "firefox"} {
		if err := os.WriteFile(filepath.Join(root, "build", "portico-"+browser+".zip"), append([]byte(browser), manifest...), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// released makes a version, and gives what is in its folder.
func released(root, version string) (map[string]string, error) {
	if err := os.MkdirAll(filepath.Join(root, "build"), 0o755); err != nil {
		return nil, err
	}
	if err := (release{root: root, version: version, build: packed, log: io.Discard}).make(); err != nil {
		return nil, err
	}
	files := make(map[string]string)
	entries, err := os.ReadDir(filepath.Join(root, folder))
	for _, e := range entries {
		content, _ := os.ReadFile(filepath.Join(root, folder, e.Name()))
		files[e.Name()] = string(content)
	}
	return files, err
}

func TestAReleaseIsWhole(t *testing.T) {
	root := source(t)
	write(t, filepath.Join(root, "build", "portico-netscape.zip"), "of a flavour that is no more")
	write(t, filepath.Join(root, folder, "portico-1.2.0.cdx.json"), "of the last one")
	files, err := released(root, "1.3.0")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"SHA256SUMS", "portico-1.3.0-source.tar.gz", "portico-1.3.0.cdx.json", "portico-chrome-1.3.0.zip", "portico-edge-1.3.0.zip", "portico-firefox-1.3.0.zip"}
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
		t.Fatalf("it has %q, want %q", got, want)
	}
	var sums string
	for _, name := range want[1:] {
		sums += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(files[name])), name)
	}
	if files["SHA256SUMS"] != sums {
		t.Errorf("the digests are %s, want %s", files["SHA256SUMS"], sums)
	}
	manifest := "{\n  \"name\": \"Portico\",\n  \"version\": \"1.3.0\",\n  \"icons\": {\"version\": \"x\"}\n}\n"
	if files["portico-edge-1.3.0.zip"] != "edge"+manifest {
		t.Errorf("the package has %s", files["portico-edge-1.3.0.zip"])
	}
	inside := unpacked(t, files["portico-1.3.0-source.tar.gz"])
	if got := inside["portico-1.3.0/"+manifestFile]; got.text != manifest || got.mode != 0o644 {
		t.Errorf("the source has %+v", got)
	}
	if got := inside["portico-1.3.0/run.sh"]; got.mode != 0o755 {
		t.Errorf("the script became %o", got.mode)
	}
	if known, err := git(root, "ls-files"); err != nil || len(inside) != strings.Count(known, "\n")+1 {
		t.Errorf("the source has %d files (%v)", len(inside), err)
	}
	var bom struct {
		Metadata struct {
			Timestamp string
			Component struct{ Version string }
		}
	}
	if err := json.Unmarshal([]byte(files["portico-1.3.0.cdx.json"]), &bom); err != nil || bom.Metadata.Component.Version != "1.3.0" || bom.Metadata.Timestamp != "2026-02-03T00:00:00Z" {
		t.Errorf("%+v %v", bom, err)
	}
}

type file struct {
	mode int64
	text string
}

func unpacked(t *testing.T, archive string) map[string]file {
	t.Helper()
	plain, err := gzip.NewReader(strings.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]file)
	for r := tar.NewReader(plain); ; {
		h, err := r.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil || h.Uid != 0 || h.Uname != "" || h.ModTime.UTC().Format("2006-01-02 15:04:05") != "2026-02-03 00:00:00" {
			t.Errorf("%+v %v", h, err)
		}
		files[h.Name] = file{h.Mode, string(content)}
	}
}

// Made again of what was committed of it, as its tag has it, a release is the same.
func TestAReleaseMadeAgainIsTheSame(t *testing.T) {
	root := source(t)
	first, err := released(root, "1.3.0")
	if err != nil {
		t.Fatal(err)
	}
	commit(t, root)
	in(t, root, "tag", "v1.3.0")
	again := filepath.Join(t.TempDir(), "elsewhere")
	in(t, root, "clone", "-q", root, again)
	second, err := released(again, "1.3.0")
	if err != nil || !maps.Equal(first, second) {
		t.Errorf("it is another (%v)", err)
	}
}

func TestWhatIsNotReadyIsRefusedInWords(t *testing.T) {
	tests := map[string]struct {
		version string
		change  func(root string)
		says    string
	}{
		"no version":             {"1.3", nil, "give three numbers"},
		"a number too large":     {"1.3.65536", nil, "no number from 0 to 65535"},
		"zeros in front":         {"1.03.0", nil, `"03" is no number`},
		"a word":                 {"1.3.0-rc1", nil, `"0-rc1" is no number`},
		"a version that is back": {"1.1.9", nil, "would go back: extension/manifest.json has 1.2.0"},
		"no section":             {"1.4.0", nil, "does not say what 1.4.0 changes"},
		"a section of another":   {"1.3.1", nil, "does not say what 1.3.1 changes"},
		"a changed file":         {"1.3.0", func(root string) { write(t, filepath.Join(root, "LICENSE"), "mine") }, "not committed: commit or remove them, then try again:\n M LICENSE"},
		"a new file":             {"1.3.0", func(root string) { write(t, filepath.Join(root, "extension", "x.js"), "") }, "?? extension/x.js"},
		"a tag of more": {"1.3.0", func(root string) { in(t, root, "tag", "v1.10.0") },
			"would go back: there is the tag v1.10.0"},
		"a tag of other source": {"1.3.0", func(root string) {
			in(t, root, "tag", "v1.3.0")
			write(t, filepath.Join(root, "run.sh"), "true")
			commit(t, root)
		}, "was made already, of other source"},
		"no day": {"1.3.0", changelog(t, "## 1.3.0 - soon\n- It is faster.\n"), "does not end with a day"},
		"nothing below it": {"1.3.0", changelog(t, "## 1.3.0 - 2026-02-03\n\n## 1.2.0 - 2026-01-02\n- It is there.\n"),
			"nothing stands below"},
		"something above it": {"1.3.0", changelog(t, "## Unreleased\n- It is more.\n\n## 1.3.0 - 2026-02-03\n- It is faster.\n"),
			"has changes above"},
		"another toolchain": {"1.3.0", func(root string) {
			write(t, filepath.Join(root, "go.mod"), "module portico\n\ngo 1.26.0\n\ntoolchain go1.26.99\n")
			commit(t, root)
		}, "set GOTOOLCHAIN=go1.26.99"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			root := source(t)
			if test.change != nil {
				test.change(root)
			}
			before, err := git(root, "status", "--porcelain")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := released(root, test.version); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, want %q", err, test.says)
			}
			if after, err := git(root, "status", "--porcelain"); err != nil || after != before {
				t.Errorf("it left %s (%v)", after, err)
			}
		})
	}
}

func changelog(t *testing.T, text string) func(root string) {
	return func(root string) {
		write(t, filepath.Join(root, "CHANGELOG.md"), text)
		commit(t, root)
	}
}

// The page that the source comes with names the toolchain that gives the same bytes.
func TestRebuildingNamesTheToolchain(t *testing.T) {
	page, err := os.ReadFile("../../BUILDING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, named, _ := strings.Cut(toolchain(t, "../../go.mod"), " ")
	all := regexp.MustCompile(`go1\.\d+\.\d+`).FindAllString(string(page), -1)
	if len(all) == 0 || slices.ContainsFunc(all, func(other string) bool { return other != named }) {
		t.Errorf("go.mod names %q, BUILDING.md %q", named, all)
	}
}
