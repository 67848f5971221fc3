package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// elsewhere is where sentences may stand beside this package, and why.
var elsewhere = map[string]string{
	"internal/portaltest": "it is a portal, which has pages and answers of its own",
	"internal/browser":    "it drives a browser for tests and commands",
	"internal/mainjob":    "it looks for what is said, and tells a terminal",
	"internal/searchtest": "it makes up names of accounts",
	"internal/linked":     "it writes the licences' file",
}

// names are no sentences, though they look like some.
var names = []string{
	"Demo organisation", // the name of a portal, which internal/portal gives all of them
}

// source is a file of what the programs are made of.
type source struct {
	path string // from the module's root
	file *ast.File
	set  *token.FileSet
}

// at says where something stands.
func (s source) at(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

// sources reads what may say anything to people, but tests.
func sources(t *testing.T) (all []source) {
	t.Helper()
	const root = "../.."
	for _, top := range []string{"internal", "wasm", "bridge"} {
		if err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			name, _ := filepath.Rel(root, path)
			name = filepath.ToSlash(name)
			switch {
			case err != nil:
				return err
			case d.IsDir() && elsewhere[name] != "":
				return filepath.SkipDir
			case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
				return nil
			}
			s := source{path: name, set: token.NewFileSet()}
			s.file, err = parser.ParseFile(s.set, path, nil, parser.SkipObjectResolution)
			all = append(all, s)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if len(all) < 100 {
		t.Fatalf("only %d files were found", len(all))
	}
	return all
}

func (s source) here() bool { return strings.HasPrefix(s.path, "internal/words/") }

// literal gives the text of a string literal.
func literal(n ast.Node) (text string, ok bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// twoWords begin as sentences and titles do, which “URL holds” does not;
// endOfSentence ends one.
var (
	twoWords      = regexp.MustCompile(`^\s*[“]?(A|\p{Lu}[\p{L}’'-]*\p{Ll}),? [“]?[\p{L}%]`)
	endOfSentence = regexp.MustCompile(`\p{L}{2,}[”"]? .*\p{L}[”")]?(\.|\?|!| …)\s*$`)
)

// speaks tells whether a text looks as if it was said to people.
func speaks(text string) bool {
	return (twoWords.MatchString(text) || endOfSentence.MatchString(text)) && !slices.Contains(names, text)
}

// spoken are the fields whose texts are shown.
var spoken = []string{"Message", "Hint", "Notice", "Caution", "Text", "Label", "Title", "Primary"}

// isSpoken tells whether an expression names such a field.
func isSpoken(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Ident:
		return slices.Contains(spoken, n.Name)
	case *ast.SelectorExpr:
		return slices.Contains(spoken, n.Sel.Name)
	}
	return false
}

// sentences gives where a file says something to people by itself.
func sentences(s source) (found []string) {
	report := func(n ast.Node, text string) {
		if place := s.at(n) + ": " + strconv.Quote(text); !slices.Contains(found, place) {
			found = append(found, place)
		}
	}
	shown := func(value ast.Node) {
		ast.Inspect(value, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.CallExpr, *ast.IndexExpr:
				return false // it gives the text
			}
			if text, ok := literal(n); ok && strings.ContainsFunc(text, isLetter) {
				report(n, text)
			}
			return true
		})
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.Field:
			return false // no texts, but paths and tags
		case *ast.KeyValueExpr:
			if isSpoken(n.Key) {
				shown(n.Value)
			}
		case *ast.AssignStmt:
			for i, to := range n.Lhs {
				if isSpoken(to) && i < len(n.Rhs) {
					shown(n.Rhs[i])
				}
			}
		case *ast.BasicLit:
			if text, ok := literal(n); ok && speaks(text) {
				report(n, text)
			}
		}
		return true
	})
	return found
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func TestSentencesStandHereAlone(t *testing.T) {
	for _, s := range sources(t) {
		if s.here() {
			continue
		}
		for _, place := range sentences(s) {
			t.Errorf("%s is said outside internal/words", place)
		}
	}
}

// The rule is only as good as what finds a sentence.
func TestASentenceElsewhereIsFound(t *testing.T) {
	for code, want := range map[string]int{
		`var x = "The portal did not answer."`:                           1,
		`var x = "No answer from " + host`:                               1,
		`var x = "try it again later."`:                                  1,
		`var x = host + " is no account, and never was."`:                1,
		`var x = "Listing accounts …"`:                                   1,
		`var x = "Which region?"`:                                        1,
		`var x = "“Access keys” in your portal shows it"`:                1,
		`var x = E{Code: "offline", Message: "Broken"}`:                  1,
		`var x = &E{Message: "a" + b}`:                                   1,
		`func f() { e.Hint += " or not" }`:                               1,
		`func f() { v.Title, v.Code = "Code", code }`:                    1,
		`var x = E{Message: words.Broken, Hint: m["hint"]}`:              0,
		`var x = errors.New("the answer bears no mark of the portal")`:   0,
		`var x = fmt.Errorf("read storage: %w", err)`:                    0,
		`var x = "https://example.awsapps.com/start"`:                    0,
		`var x = "ListAccountRoles"`:                                     0,
		`type T struct { A string "json tag of a field. With a stop." }`: 0,
	} {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, "x.go", "package x\n"+code, 0)
		if err != nil {
			t.Fatal(err)
		}
		if found := sentences(source{"x.go", file, set}); len(found) != want {
			t.Errorf("%s: found %q", code, found)
		}
	}
}

// said gives the texts of this package's constants by name, and of all literals
// where each stands.
func said(t *testing.T, all []source) (constants map[string]string, places map[string][]string) {
	t.Helper()
	values := make(map[string]ast.Expr)
	places = make(map[string][]string)
	for _, s := range all {
		if !s.here() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, name := range n.Names {
					values[name.Name] = n.Values[i]
				}
			case *ast.BasicLit:
				if text, ok := literal(n); ok {
					places[text] = append(places[text], s.at(n))
				}
			}
			return true
		})
	}
	constants = make(map[string]string)
	var constant func(name string) string
	constant = func(name string) string { return text(values[name], constant) }
	for name := range values {
		constants[name] = constant(name)
	}
	return constants, places
}

// text gives what an expression of literals and constants comes to.
func text(e ast.Expr, constant func(name string) string) string {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return text(e.X, constant) + text(e.Y, constant)
	case *ast.Ident:
		return constant(e.Name)
	}
	is, _ := literal(e)
	return is
}

func TestEachSentenceStandsOnce(t *testing.T) {
	_, places := said(t, sources(t))
	for text, at := range places {
		if speaks(text) && len(at) > 1 {
			t.Errorf("%q stands at %s", text, strings.Join(at, " and "))
		}
	}
}

// place is where a form takes a text.
var place = regexp.MustCompile(`%\d?`)

func TestFormsGetAsManyTextsAsTheyHavePlaces(t *testing.T) {
	all := sources(t)
	constants, _ := said(t, all)
	places := func(form string) int {
		each := place.FindAllString(constants[form], -1)
		slices.Sort(each)
		each = slices.Compact(each)
		for i := range each {
			if each[i] != "%"+strconv.Itoa(i+1) {
				t.Errorf("%s has the places %q", form, each)
			}
		}
		return len(each)
	}
	filled := 0
	for _, s := range all {
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			with, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || with.Sel.Name != "With" {
				return true
			}
			form, ok := with.X.(*ast.SelectorExpr)
			if !ok {
				return true // one of several forms, by a variable
			}
			filled++
			if want := places(form.Sel.Name); len(call.Args) != want {
				t.Errorf("%s: %s gets %d texts and has places for %d", s.at(n), form.Sel.Name, len(call.Args), want)
			}
			return true
		})
	}
	if filled < 10 {
		t.Errorf("only %d forms were found", filled)
	}
}

// Each problem has a name of its own, by which it is stored with as many texts as it
// has places.
func TestProblemsHaveNamesAndTextsForTheirPlaces(t *testing.T) {
	all := sources(t)
	constants, _ := said(t, all)
	text := func(e ast.Expr) string { return text(e, func(name string) string { return constants[name] }) }
	named := make(map[string]bool)
	for _, s := range all {
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !s.here() || call.Ellipsis.IsValid() {
				return true
			}
			of, _ := call.Fun.(*ast.Ident)
			before := 1 // the name, and a code
			switch {
			case of == nil:
				return true
			case of.Name == "failed", of.Name == "passing":
				before = 2
			case of.Name != "address":
				return true
			}
			name := text(call.Args[0])
			if name == "" || named[name] {
				t.Errorf("%s: the name %q is no name, or another's", s.at(n), name)
			}
			named[name] = true
			what, next, texts := text(call.Args[before]), text(call.Args[before+1]), len(call.Args)-before-2
			if what == "" {
				t.Errorf("%s: what %s says is not plain to see", s.at(n), name)
			}
			for i := range max(texts, 9) {
				if strings.Contains(what+next, "%"+strconv.Itoa(i+1)) != (i < texts) {
					t.Errorf("%s: %s gets %d texts for “%s %s”", s.at(n), name, texts, what, next)
				}
			}
			return true
		})
	}
	if len(named) < 40 {
		t.Errorf("only %d problems were found", len(named))
	}
}

// Words that nobody says are not kept.
func TestEverythingHereIsSaid(t *testing.T) {
	unsaid := make(map[string]string)
	all := sources(t)
	for _, s := range all {
		if !s.here() {
			continue
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				unsaid[d.Name.Name] = s.at(d)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if v, ok := spec.(*ast.ValueSpec); ok {
						unsaid[v.Names[0].Name] = s.at(v)
					}
				}
			}
		}
	}
	for _, s := range all {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if n, ok := n.(*ast.SelectorExpr); ok {
				delete(unsaid, n.Sel.Name)
			}
			return true
		})
	}
	maps.DeleteFunc(unsaid, func(name, _ string) bool { return !ast.IsExported(name) }) // the compiler's
	for name, at := range unsaid {
		t.Errorf("%s: nobody says %s", at, name)
	}
}
