package arch

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
)

const module = "portico"

// platforms are what the packages are compiled for: tests and commands run
// natively, the extension's programs on js/wasm.
var platforms = map[string][]string{
	"native":  {"GOOS=" + runtime.GOOS, "GOARCH=" + runtime.GOARCH},
	"js/wasm": {"GOOS=js", "GOARCH=wasm"},
}

// pkg is a package as `go list` describes it.
type pkg struct {
	ImportPath   string
	Standard     bool
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// graph is every package of the module and all they lead to, by import path.
type graph map[string]*pkg

// load lists the packages for one platform.
func load(t *testing.T, platform string) graph {
	t.Helper()
	watch(t)
	cmd := exec.Command("go", "list", "-deps", "-tags=lint,nofmt",
		"-json=ImportPath,Standard,Imports,TestImports,XTestImports", module+"/...")
	cmd.Env = append(os.Environ(), platforms[platform]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("list packages for %s: %v", platform, err)
	}
	g := make(graph)
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		p := new(pkg)
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			return g
		} else if err != nil {
			t.Fatalf("read go list: %v", err)
		}
		g[p.ImportPath] = p
	}
}

// watch reads the module's folders, for `go test` to know that a change in any
// of them is another test: it can not see what `go list` reads.
func watch(t *testing.T) {
	t.Helper()
	folders := []string{"../.."}
	for len(folders) > 0 {
		folder := folders[0]
		folders = folders[1:]
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.IsDir() && e.Name() != "build" && !strings.HasPrefix(e.Name(), ".") {
				folders = append(folders, folder+"/"+e.Name())
			}
		}
	}
}

// chain is the shortest way by imports from one package to another, such as
// "portico/a -> fmt -> os"; empty if there is none.
func (g graph) chain(from, to string) string {
	before := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at == to && at != from {
			var way []string
			for ; at != ""; at = before[at] {
				way = append(way, at)
			}
			slices.Reverse(way)
			return strings.Join(way, " -> ")
		}
		for _, next := range g[at].Imports {
			if _, seen := before[next]; !seen && g[next] != nil {
				before[next] = at
				queue = append(queue, next)
			}
		}
	}
	return ""
}

// reached is all that a package leads to, without itself.
func (g graph) reached(from string) []string {
	seen := map[string]bool{from: true}
	var all []string
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, next := range g[queue[0]].Imports {
			if !seen[next] && g[next] != nil {
				seen[next] = true
				all = append(all, next)
				queue = append(queue, next)
			}
		}
	}
	slices.Sort(all)
	return all
}

// ours gives the module's own packages.
func (g graph) ours() []*pkg {
	var own []*pkg
	for path, p := range g {
		if within(path, module+"/...") {
			own = append(own, p)
		}
	}
	slices.SortFunc(own, func(a, b *pkg) int { return strings.Compare(a.ImportPath, b.ImportPath) })
	return own
}

// within tells whether an import path is one of patterns; "a/..." is a and all
// below it.
func within(path string, patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		top, below := strings.CutSuffix(pattern, "/...")
		return path == top || below && strings.HasPrefix(path, top+"/")
	})
}
