package ways

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "portico/"

// function is one of ours, with all that is written in it: a literal belongs to
// the function that it stands in.
type function struct {
	name   string // as docs/architecture.md has it: internal/way/file.go:Type.function
	body   block
	object *types.Func
	leads  []lead // in the order in which they are written
	values []value
	handed bool // over, somewhere
	taken  bool // and called where it was handed to, by one of us
}

// value is where a function calls what it was handed.
type value struct {
	at place
	of *types.Signature
}

// lead is where a function calls another, or hands it over. One of an interface
// may be that of any type that has it.
type lead struct {
	at     place
	to     *function
	handed bool // over
}

// house is all functions of ours that the extension is made of, tests apart.
type house struct {
	functions []*function
	byName    map[string]*function
	byObject  map[*types.Func]*function
}

// listed is a package as `go list` has it.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Standard                bool
}

// read type-checks the extension's programs as they are compiled for the browser.
func read(t *testing.T) *house {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Standard", module+"wasm", module+"wasm/popup")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=nogreenteagc")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("list packages: %v", err)
	}
	h := &house{byName: make(map[string]*function), byObject: make(map[*types.Func]*function)}
	c := &checker{house: h, fset: token.NewFileSet(), done: make(map[string]*types.Package), exports: make(map[string]string)}
	c.exported = importer.ForCompiler(c.fset, "gc", c.export)
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; { // what is imported comes first
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		c.exports[p.ImportPath] = p.Export
		if strings.HasPrefix(p.ImportPath, module) {
			c.check(t, p)
		}
	}
	for _, find := range c.bodies {
		find()
	}
	for _, f := range c.functions {
		for _, v := range f.values {
			for _, to := range c.functions {
				if to.handed && types.Identical(v.of, plain(to.object)) {
					f.leads = append(f.leads, lead{at: v.at, to: to})
					to.taken = true
				}
			}
		}
	}
	for _, f := range c.functions { // it is passed where it is called, if that is known
		f.leads = slices.DeleteFunc(f.leads, func(l lead) bool { return l.handed && l.to.taken })
	}
	return h
}

// checker reads packages of ours from source, so that a function is the same
// object wherever it is named, and all others as they were compiled.
type checker struct {
	*house
	fset     *token.FileSet
	done     map[string]*types.Package
	exports  map[string]string
	exported types.Importer
	bodies   []func() // find what each function leads to, once all are known
}

func (c *checker) export(path string) (io.ReadCloser, error) { return os.Open(c.exports[path]) }

// Import is for the type-checker.
func (c *checker) Import(path string) (*types.Package, error) {
	if p := c.done[path]; p != nil {
		return p, nil
	}
	return c.exported.Import(path)
}

func (c *checker) check(t *testing.T, p listed) {
	t.Helper()
	// For go test to know that a change of any file there, of tests too, is another
	// test: it does not see what the go command reads.
	if _, err := os.ReadDir(p.Dir); err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(c.fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object)}
	conf := types.Config{Importer: c, Sizes: types.SizesFor("gc", "wasm")}
	pkg, err := conf.Check(p.ImportPath, c.fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	c.done[p.ImportPath] = pkg
	for _, file := range files {
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.FuncDecl); ok && d.Body != nil {
				c.add(p.ImportPath, d, info)
			}
		}
	}
}

func (c *checker) add(pkg string, d *ast.FuncDecl, info *types.Info) {
	f := &function{object: info.Defs[d.Name].(*types.Func)}
	file := path.Join(pkg, filepath.Base(c.fset.Position(d.Pos()).Filename))
	f.name = strings.TrimPrefix(file, module) + ":" + titled(f.object)
	f.body = block{file, c.at(d.Body.Pos()), c.at(d.Body.End())}
	c.functions = append(c.functions, f)
	c.byName[f.name] = f
	c.byObject[f.object] = f
	c.bodies = append(c.bodies, func() {
		called := make(map[*ast.Ident]bool)
		ast.Inspect(d.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				called[callee(call)] = true
			}
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			at := c.at(id.Pos())
			switch used := info.Uses[id].(type) {
			case *types.Func:
				for _, to := range c.meant(used.Origin()) {
					f.leads = append(f.leads, lead{at, to, !called[id]})
					to.handed = to.handed || !called[id]
				}
			case *types.Var:
				if of, ok := used.Type().Underlying().(*types.Signature); ok && called[id] {
					f.values = append(f.values, value{at, of})
				}
			}
			return true
		})
	})
}

func (c *checker) at(pos token.Pos) place {
	p := c.fset.Position(pos)
	return place{p.Line, p.Column}
}

// callee gives the name in a call of what is called; nil if it has none.
func callee(call *ast.CallExpr) *ast.Ident {
	switch of := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return of
	case *ast.SelectorExpr:
		return of.Sel
	}
	return nil
}

// plain is the type of a function's value: it does not tell of a receiver.
func plain(f *types.Func) types.Type {
	of := f.Signature()
	return types.NewSignatureType(nil, nil, nil, of.Params(), of.Results(), of.Variadic())
}

// titled is what a function is called in its package.
func titled(f *types.Func) string {
	recv := f.Signature().Recv()
	if recv == nil {
		return f.Name()
	}
	of := recv.Type()
	if p, ok := of.(*types.Pointer); ok {
		of = p.Elem()
	}
	return of.(*types.Named).Obj().Name() + "." + f.Name()
}

// meant gives the functions that a name in a function's body may mean.
func (h *house) meant(used *types.Func) (all []*function) {
	if f := h.byObject[used]; f != nil {
		return []*function{f}
	}
	recv := used.Signature().Recv()
	if recv == nil {
		return nil
	}
	iface, ok := recv.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	for _, f := range h.functions {
		if own := f.object.Signature().Recv(); own != nil && f.object.Name() == used.Name() && types.Implements(own.Type(), iface) {
			all = append(all, f)
		}
	}
	return all
}
