package linked

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func goroot(t *testing.T) string {
	t.Helper()
	folder, err := Toolchain()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// What others made and users get is a matter of record, with its whole licence.
func TestNoticesNameWhatIsLinked(t *testing.T) {
	text, err := Notices(goroot(t), "../..")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range regexp.MustCompile(`(?m)^(.+)\n=+$`).FindAllStringSubmatch(text, -1) {
		name, _, _ := strings.Cut(m[1], " v")
		got = append(got, name)
	}
	want := []string{"Go: runtime, standard library and wasm_exec.js", "github.com/agnivade/levenshtein",
		"github.com/syumai/workers", "honnef.co/go/js/dom/v2"}
	if !slices.Equal(got, want) {
		t.Errorf("notices of %q, want %q", got, want)
	}
	for _, part := range []string{"Copyright 2009 The Go Authors.", "Copyright (c) 2015 Agniva De Sarker", "Copyright 2022-present [syumai]", "Copyright (c) 2014 Dominik Honnef"} {
		if strings.Count(text, part) != 1 {
			t.Errorf("%q stands %d times in the notices", part, strings.Count(text, part))
		}
	}
	if n := strings.Count(strings.ToUpper(text), "AS IS"); n != len(want) {
		t.Errorf("%d licences for %d parts:\n%s", n, len(want), text)
	}
	if strings.Contains(text, goroot(t)) || strings.Contains(text, "/pkg/mod/") {
		t.Error("the notices name folders of this machine")
	}
}

// What Go vendors is covered by Go's own licence for as long as it is the same.
func TestVendoredPackagesComeUnderGosLicence(t *testing.T) {
	root := goroot(t)
	packages, err := list(root, "../..", programs)
	if err != nil {
		t.Fatal(err)
	}
	own, err := licence(root)
	if err != nil {
		t.Fatal(err)
	}
	vendor, found := filepath.Join(root, "src", "vendor", "golang.org", "x"), 0
	for _, p := range packages {
		below, err := filepath.Rel(vendor, p.Dir)
		if err != nil || !filepath.IsLocal(below) {
			if strings.Contains(p.Dir, string(filepath.Separator)+"vendor"+string(filepath.Separator)) {
				t.Errorf("%s is vendored, and not below %s", p.Dir, vendor)
			}
			continue
		}
		found++
		repository, _, _ := strings.Cut(filepath.ToSlash(below), "/")
		if text, err := licence(filepath.Join(vendor, repository)); err != nil || text != own {
			t.Errorf("golang.org/x/%s has another licence (%v)", repository, err)
		}
	}
	if found == 0 {
		t.Error("nothing vendored was looked at")
	}
}

func TestModuleWithoutLicenceIsRefused(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "README.md", "LICENSE: none")
	if text, err := licence(dir); err == nil {
		t.Errorf("took %q for a licence", text)
	}
	for _, name := range []string{"LICENSE", "License.txt", "LICENCE.md", "COPYING", "NOTICE"} {
		write(t, dir, name, name+"\r\nterms")
	}
	text, err := licence(dir)
	if want := "COPYING\nterms\nLICENCE.md\nterms\nLICENSE\nterms\nLicense.txt\nterms\nNOTICE\nterms"; err != nil || text != want {
		t.Errorf("got %q %v, want %q", text, err, want)
	}
}

func TestSourcesAreWhatABuildReads(t *testing.T) {
	sums, err := Sources(goroot(t), "../..")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(sums)), "\n")
	var paths []string
	for _, line := range lines {
		sum, path, _ := strings.Cut(line, "  ")
		if len(sum) != 64 {
			t.Fatalf("no line of sha256sum: %q", line)
		}
		paths = append(paths, path)
	}
	for _, path := range []string{"Makefile", "go.mod", "cmd/pack/files.go", "extension/background.js", "extension/manifest.json",
		"internal/backend/run.go", "ssocore/client.go", "wasm/main.go", "wasm/popup/page.go"} {
		if !slices.Contains(paths, path) {
			t.Errorf("a change of %s would not show", path)
		}
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "internal/browser/") || strings.HasPrefix(path, "e2e/") {
			t.Errorf("%s is in no extension", path)
		}
	}
}

func TestDifferingNamesTheFiles(t *testing.T) {
	built := []byte("aa  extension/a.js\nbb  wasm/gone.go\ncc  wasm/same.go\n")
	now := []byte("ab  extension/a.js\ncc  wasm/same.go\ndd  wasm/new.go\n")
	if got, want := Differing(built, now), []string{"extension/a.js", "wasm/gone.go", "wasm/new.go"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Differing(now, now); len(got) != 0 {
		t.Errorf("a text differs from itself in %q", got)
	}
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
