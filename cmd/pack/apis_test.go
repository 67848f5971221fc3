package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// permissionOf is the permission that a namespace of the extension APIs is behind;
// "" for those that all extensions have.
var permissionOf = map[string]string{
	"action":                "",
	"alarms":                "alarms",
	"bookmarks":             "bookmarks",
	"commands":              "",
	"declarativeNetRequest": "declarativeNetRequestWithHostAccess",
	"idle":                  "idle",
	"offscreen":             "offscreen",
	"permissions":           "",
	"runtime":               "",
	"storage":               "storage",
	"tabs":                  "", // for all but the addresses of others
}

// apiTable reads the names in extension/apis.js.
func apiTable(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../extension/apis.js")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`^  '([a-zA-Z.]+)': (\(.*\)) => root\.([a-zA-Z.]+)(\(.*\)),$`)
	_, body, _ := strings.Cut(string(text), "=> ({\n")
	body, _, closed := strings.Cut(body, "});\n")
	if !closed {
		t.Fatal("apis.js holds no table")
	}
	var names []string
	for text := range strings.Lines(body) {
		m := line.FindStringSubmatch(strings.TrimSuffix(text, "\n"))
		if m == nil || m[1] != m[3] || m[2] != m[4] {
			t.Errorf("this line does not call what it is named for: %s", text)
			continue
		}
		names = append(names, m[1])
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("the names are not in order, or one is there twice: %q", names)
	}
	return names
}

// literals gives the strings in the Go files of folders, tests apart.
func literals(t *testing.T, folders ...string) (texts []string) {
	t.Helper()
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join("../..", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no Go files in %s: %v", folder, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.BasicLit); ok && s.Kind == token.STRING {
					text, _ := strconv.Unquote(s.Value)
					texts = append(texts, text)
				}
				return true
			})
		}
	}
	return texts
}

// Go calls what the table has, and the table has no more than that.
func TestTableOfAPIsIsWhatGoAsksFor(t *testing.T) {
	name, areas := regexp.MustCompile(`^[a-zA-Z]+(\.[a-zA-Z]+)+$`), []string{"storage.local", "storage.session"}
	asked := map[string]bool{}
	for _, text := range literals(t, "bridge/webext") {
		ofArea := strings.HasPrefix(text, ".")
		switch {
		case slices.Contains(areas, text):
		case name.MatchString(text):
			asked[text] = true
		case ofArea && name.MatchString("area"+text):
			for _, area := range areas {
				asked[area+text] = true
			}
		}
	}
	if got, want := apiTable(t), slices.Sorted(maps.Keys(asked)); !slices.Equal(got, want) {
		t.Errorf("the table has %q, Go asks for %q", got, want)
	}
	for _, text := range literals(t, "bridge", "bridge/webext", "wasm", "wasm/popup", "wasm/demo") {
		if text == "chrome" || text == "browser" {
			t.Errorf("Go takes %q by itself, past the table", text)
		}
	}
}

// What is used needs no permission that the manifest lacks, and the manifest asks
// for none that nothing is used of.
func TestPermissionsAreWhatTheScriptsNeed(t *testing.T) {
	m := release(t)
	asked := append(list(t, m, "permissions"), list(t, m, "optional_permissions")...)
	needed := map[string]bool{}
	use := regexp.MustCompile(`\b(?:chrome|browser|root)\.([a-zA-Z]+)`)
	err := fs.WalkDir(os.DirFS("../../extension"), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".js" {
			return err
		}
		text, err := os.ReadFile(filepath.Join("../../extension", path))
		if strings.Contains(string(text), "execCommand('copy')") {
			needed["clipboardWrite"] = true // without focus
		}
		if strings.Contains(string(text), "execCommand('paste')") {
			needed["clipboardRead"] = true
		}
		if strings.Contains(string(text), "tabs.query(") {
			needed["activeTab"] = true // for the tab's address
		}
		for _, m := range use.FindAllStringSubmatch(string(text), -1) {
			permission, known := permissionOf[m[1]]
			if !known {
				t.Errorf("%s uses %s, and nobody said what that asks of people", path, m[0])
			}
			if permission != "" {
				needed[permission] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(asked)
	if want := slices.Sorted(maps.Keys(needed)); !slices.Equal(asked, want) {
		t.Errorf("the manifest asks for %q, the scripts need %q", asked, want)
	}
}
