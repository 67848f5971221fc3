package arch

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// reach is a rule about all that a package leads to.
type reach struct {
	from  string
	only  []string // outside the standard library
	never []string // inside it
}

// importer is a rule about who imports a package directly.
type importer struct {
	of    string
	by    []string
	tests []string // whose tests may as well
}

// check gives what breaks the rules, each with the chain of imports that does.
func (g graph) check(reaches []reach, importers []importer) []string {
	own := g.ours()
	if len(own) == 0 {
		return []string{"there is no package to check"}
	}
	var faults []string
	for _, r := range reaches {
		faults = append(faults, g.checkReach(r)...)
	}
	for _, p := range own {
		for _, to := range p.Imports {
			faults = append(faults, g.checkImport(p.ImportPath, to, importers, false)...)
		}
		for _, to := range slices.Concat(p.TestImports, p.XTestImports) {
			faults = append(faults, g.checkImport(p.ImportPath, to, importers, true)...)
		}
	}
	return faults
}

func (g graph) checkReach(r reach) (faults []string) {
	if g[r.from] == nil {
		return nil // of another platform
	}
	for _, to := range g.reached(r.from) {
		allowed := within(to, r.only...)
		if g[to].Standard {
			allowed = !within(to, r.never...)
		}
		if !allowed {
			faults = append(faults, fmt.Sprintf("%s may not lead to %s: %s", r.from, to, g.chain(r.from, to)))
		}
	}
	return faults
}

func (g graph) checkImport(from, to string, importers []importer, test bool) []string {
	ruled, who := false, from
	if test {
		who = "a test of " + from
	}
	for _, i := range importers {
		if !within(to, i.of) {
			continue
		}
		ruled = true
		if !within(from, i.by...) && !(test && within(from, i.tests...)) {
			return []string{who + " may not import " + to}
		}
	}
	// A first element with a dot is a module's: the standard library has none.
	first, _, _ := strings.Cut(to, "/")
	if !ruled && strings.Contains(first, ".") {
		return []string{who + " imports " + to + ", which no rule allows anyone"}
	}
	return nil
}

// imported tells whether any package of ours, or a test of one, imports it.
func (g graph) imported(pattern string) bool {
	return slices.ContainsFunc(g.ours(), func(p *pkg) bool {
		return slices.ContainsFunc(slices.Concat(p.Imports, p.TestImports, p.XTestImports),
			func(to string) bool { return within(to, pattern) })
	})
}

// The rules are only as good as what checks them.
func TestCheckFindsWhatBreaksARule(t *testing.T) {
	g := make(graph)
	add := func(path string, imports, tests []string) {
		g[path] = &pkg{ImportPath: path, Imports: imports, TestImports: tests, Standard: !strings.Contains(path, ".") && !within(path, module+"/...")}
	}
	add("portico/a", []string{"portico/b"}, []string{"x.org/tests"})
	add("portico/b", []string{"fmt", "x.org/lib"}, nil)
	add("x.org/lib", []string{"net/http"}, nil)
	add("x.org/tests", nil, nil)
	add("net/http", []string{"net"}, nil)
	add("net", nil, nil)
	add("fmt", nil, nil)

	lib := importer{of: "x.org/lib", by: []string{"portico/b"}}
	tests := importer{of: "x.org/tests", tests: []string{"portico/..."}}
	for _, c := range []struct {
		name      string
		reaches   []reach
		importers []importer
		want      []string
	}{
		{"kept", []reach{{from: "portico/a", only: []string{"portico/b", "x.org/..."}}}, []importer{lib, tests}, nil},
		{"other platform", []reach{{from: "portico/c"}}, []importer{lib, tests}, nil},
		{"standard library, far away", []reach{{from: "portico/a", only: []string{"portico/b", "x.org/lib"}, never: []string{"net"}}}, []importer{lib, tests},
			[]string{"portico/a may not lead to net: portico/a -> portico/b -> x.org/lib -> net/http -> net"}},
		{"subtree", []reach{{from: "x.org/lib", never: []string{"net/..."}}}, []importer{lib, tests},
			[]string{"x.org/lib may not lead to net: x.org/lib -> net/http -> net", "x.org/lib may not lead to net/http: x.org/lib -> net/http"}},
		{"module", []reach{{from: "portico/a", only: []string{"portico/b"}}}, []importer{lib, tests},
			[]string{"portico/a may not lead to x.org/lib: portico/a -> portico/b -> x.org/lib"}},
		{"package of ours", []reach{{from: "portico/a", only: []string{"x.org/lib"}}}, []importer{lib, tests},
			[]string{"portico/a may not lead to portico/b: portico/a -> portico/b"}},
		{"importer", nil, []importer{{of: "x.org/lib", by: []string{"portico/a"}}, tests}, []string{"portico/b may not import x.org/lib"}},
		{"test", nil, []importer{lib, {of: "x.org/tests", tests: []string{"portico/b"}}}, []string{"a test of portico/a may not import x.org/tests"}},
		{"tests only", nil, []importer{{of: "x.org/lib", tests: []string{"portico/..."}}, tests}, []string{"portico/b may not import x.org/lib"}},
		{"no rule", nil, []importer{tests}, []string{"portico/b imports x.org/lib, which no rule allows anyone"}},
	} {
		if got := g.check(c.reaches, c.importers); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := (graph{}).check(nil, nil); len(got) != 1 {
		t.Errorf("an empty list of packages breaks no rule: %q", got)
	}
}
