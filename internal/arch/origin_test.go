package arch

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// makers are the packages that make addresses which may be opened, and what they put
// them in, which nobody else fills. Those of bookmarks come from console.
var (
	makers  = []string{console, signin, bookmarks}
	holders = []string{signin + ".State", bookmarks + ".Op"}
)

// openers are the methods that open an address, or keep it for a person to open,
// by their names, and which argument has it.
var openers = map[string]int{"OpenTab": 1, "CreateBookmark": 1, "UpdateBookmark": 3}

// sources has the module's own packages with their types. Of others nothing is
// read: what has to do with them has no type here, and is nobody's address.
type sources struct {
	t        *testing.T
	set      *token.FileSet
	packages map[string]*checked
}

// checked is one package.
type checked struct {
	*types.Package
	info  types.Info
	files []*ast.File
}

func newSources(t *testing.T) *sources {
	return &sources{t, token.NewFileSet(), make(map[string]*checked)}
}

// Import is for the type checker.
func (s *sources) Import(name string) (*types.Package, error) {
	if p := s.load(name); p != nil {
		return p.Package, nil
	}
	p := types.NewPackage(name, path.Base(name))
	p.MarkComplete()
	return p, nil
}

// load reads a package as it is on js/wasm; it is nil of another module's.
func (s *sources) load(name string) *checked {
	if p := s.packages[name]; p != nil || !strings.HasPrefix(name, module+"/") {
		return p
	}
	in := build.Default
	in.GOOS, in.GOARCH = "js", "wasm"
	folder := filepath.Join("../..", strings.TrimPrefix(name, module))
	found, err := in.ImportDir(folder, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	var files []*ast.File
	for _, file := range found.GoFiles {
		f, err := parser.ParseFile(s.set, filepath.Join(folder, file), nil, parser.SkipObjectResolution)
		if err != nil {
			s.t.Fatal(err)
		}
		files = append(files, f)
	}
	return s.check(name, files)
}

func (s *sources) check(name string, files []*ast.File) *checked {
	p := &checked{files: files, info: types.Info{Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object)}}
	// Errors are about what others have, which is not here.
	config := types.Config{Importer: s, Error: func(error) {}}
	p.Package, _ = config.Check(name, s.set, files, &p.info)
	s.packages[name] = p
	return p
}

// faults lists where a package opens what does not come from makers, or puts
// addresses into what they made.
func (s *sources) faults(p *checked) (all []string) {
	at := func(n ast.Node, what string) {
		all = append(all, strings.TrimPrefix(s.set.Position(n.Pos()).String(), "../../")+": "+what)
	}
	called := make(map[*ast.SelectorExpr]bool)
	p.each(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			fn, ok := n.Fun.(*ast.SelectorExpr)
			if !ok {
				return
			}
			called[fn] = true
			if i, ok := openers[fn.Sel.Name]; ok && (i >= len(n.Args) || !p.made(n.Args[i], 0, nil)) {
				at(n, "what "+fn.Sel.Name+" gets is from none who makes addresses")
			}
		case *ast.SelectorExpr:
			if _, ok := openers[n.Sel.Name]; ok && !called[n] {
				at(n, n.Sel.Name+" is handed over")
			}
		case *ast.AssignStmt:
			for _, to := range n.Lhs {
				if field, ok := to.(*ast.SelectorExpr); ok && p.held(field.X) && isText(p.info.TypeOf(field)) {
					at(n, "an address that was made is changed")
				}
			}
		case *ast.CompositeLit:
			if len(n.Elts) > 0 && isHolder(p.info.TypeOf(n)) {
				at(n, "an address is made here")
			}
		}
	})
	return all
}

// each visits all of a package, callers before what they call.
func (p *checked) each(visit func(ast.Node)) {
	for _, f := range p.files {
		ast.Inspect(f, func(n ast.Node) bool {
			visit(n)
			return true
		})
	}
}

// made tells whether an expression, or result i of a call, comes from makers
// whichever way it took through the package. seen are the variables and functions
// on the way.
func (p *checked) made(e ast.Expr, i int, seen []types.Object) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return e.Value == `""`
	case *ast.SelectorExpr:
		return p.held(e.X)
	case *ast.CompositeLit: // of a bookmark
		for _, element := range e.Elts {
			field, ok := element.(*ast.KeyValueExpr)
			if !ok || field.Key.(*ast.Ident).Name == "URL" && !p.made(field.Value, 0, seen) {
				return false
			}
		}
		return true
	case *ast.CallExpr:
		if p.info.Types[e.Fun].IsType() {
			return p.made(e.Args[0], 0, seen)
		}
		fn := p.named(e.Fun)
		return fn != nil && (fn.Pkg() != nil && slices.Contains(makers, fn.Pkg().Path()) || p.returns(fn, i, seen))
	case *ast.Ident:
		v := p.info.ObjectOf(e)
		return v != nil && (slices.Contains(seen, v) || p.holds(v, append(slices.Clip(seen), v)))
	}
	return false
}

// named is the function or method that an expression names.
func (p *checked) named(fun ast.Expr) types.Object {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return p.info.ObjectOf(fun)
	case *ast.SelectorExpr:
		return p.info.ObjectOf(fun.Sel)
	}
	return nil
}

// returns tells whether a function of the package makes its result i of nothing
// else than what makers made.
func (p *checked) returns(fn types.Object, i int, seen []types.Object) bool {
	decl := p.declared(fn)
	if decl == nil || slices.Contains(seen, fn) {
		return decl != nil
	}
	seen = append(slices.Clip(seen), fn)
	some, all := false, true
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			some = true
			all = all && i < len(n.Results) && p.made(n.Results[i], 0, seen)
		}
		return true
	})
	return some && all
}

// holds tells whether a variable is given nothing else than what makers made.
func (p *checked) holds(v types.Object, seen []types.Object) bool {
	if fn, i := p.parameter(v); fn != nil {
		_, forwards := openers[fn.Name.Name]
		return forwards || p.calledWith(p.info.ObjectOf(fn.Name), i, seen)
	}
	some, all := false, true
	give := func(from ast.Expr, i int) { some, all = true, all && p.made(from, i, seen) }
	is := func(e ast.Expr) bool {
		name, ok := e.(*ast.Ident)
		return ok && p.info.ObjectOf(name) == v
	}
	p.each(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, to := range n.Lhs {
				field, ok := to.(*ast.SelectorExpr)
				if !is(to) && !(ok && is(field.X) && field.Sel.Name == "URL") {
					continue
				}
				if len(n.Rhs) == len(n.Lhs) {
					give(n.Rhs[i], 0)
				} else {
					give(n.Rhs[0], i)
				}
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if is(name) && i < len(n.Values) {
					give(n.Values[i], 0)
				}
			}
		case *ast.RangeStmt:
			all = all && !(n.Key != nil && is(n.Key)) && !(n.Value != nil && is(n.Value))
		case *ast.UnaryExpr: // whoever has its address may change it
			all = all && !(n.Op == token.AND && is(n.X))
		}
	})
	return some && all
}

// parameter is the function that a variable is a parameter of, and which it is.
func (p *checked) parameter(v types.Object) (fn *ast.FuncDecl, i int) {
	p.each(func(n ast.Node) {
		decl, ok := n.(*ast.FuncDecl)
		if !ok {
			return
		}
		at := 0
		for _, field := range decl.Type.Params.List {
			for _, name := range field.Names {
				if p.info.ObjectOf(name) == v {
					fn, i = decl, at
				}
				at++
			}
		}
	})
	return fn, i
}

// calledWith tells whether all calls of a function of the package hand it what
// makers made.
func (p *checked) calledWith(fn types.Object, i int, seen []types.Object) bool {
	some, all := false, true
	p.each(func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && p.named(call.Fun) == fn {
			some = true
			all = all && i < len(call.Args) && p.made(call.Args[i], 0, seen)
		}
	})
	return some && all
}

func (p *checked) declared(fn types.Object) (found *ast.FuncDecl) {
	p.each(func(n ast.Node) {
		if decl, ok := n.(*ast.FuncDecl); ok && p.info.ObjectOf(decl.Name) == fn {
			found = decl
		}
	})
	return found
}

// held tells whether an expression is of a type that holds addresses.
func (p *checked) held(e ast.Expr) bool { return isHolder(p.info.TypeOf(e)) }

func isHolder(t types.Type) bool {
	if t == nil {
		return false
	}
	if to, ok := t.Underlying().(*types.Pointer); ok {
		t = to.Elem()
	}
	return slices.Contains(holders, t.String())
}

func isText(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}
