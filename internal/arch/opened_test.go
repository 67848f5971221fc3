package arch

import (
	"go/ast"
	"go/parser"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every address that the extension opens, or keeps as a bookmark, comes from
// internal/console, which checks where links lead, maybe by way of
// internal/bookmarks, or from internal/signin, whose page is checked before it is
// kept, and whose front is a company's own address, typed by the person.
func TestWhatIsOpenedComesFromConsoleOrSignIn(t *testing.T) {
	watch(t)
	s := newSources(t)
	s.load(worker)
	s.load(popup)
	opened := 0
	for name, p := range s.packages {
		if slices.Contains(makers, name) {
			continue
		}
		for _, fault := range s.faults(p) {
			t.Error(fault)
		}
		p.each(func(n ast.Node) {
			if call, ok := n.(*ast.CallExpr); ok {
				if fn, ok := call.Fun.(*ast.SelectorExpr); ok && fn.Sel.Name == "OpenTab" {
					opened++
				}
			}
		})
	}
	if opened < 2 {
		t.Errorf("%d places open a tab, so this looks in the wrong ones", opened)
	}
}

// The check itself finds what it is for.
func TestAddressesFromElsewhereAreFound(t *testing.T) {
	const head = `package x
import ("context"; "portico/internal/backend"; "portico/internal/bookmarks"; "portico/internal/console"; "portico/internal/portal"; "portico/internal/signin")
var b *backend.Backend
var ctx context.Context
var p portal.Portal
type job struct { state signin.State; link string }
`
	for code, ok := range map[string]bool{
		`func f() { b.Browser.OpenTab(ctx, console.Shortcut(p, "1", "r", console.Page{})) }`:                                                               true,
		`func f() { link := console.Shortcut(p, "1", "r", console.Page{}); b.Browser.OpenTab(ctx, link) }`:                                                 true,
		`func f(j *job) { b.Browser.OpenTab(ctx, j.state.Page) }`:                                                                                          true,
		`func f(j *job) { var page string; func() { page = j.state.Page }(); b.Browser.OpenTab(ctx, page) }`:                                               true,
		`func f(page string) { b.Browser.OpenTab(ctx, page) }; func g(j job) { f(j.state.Page) }`:                                                          true,
		`func f() { b.Browser.OpenTab(ctx, link()) }; func link() string { return console.Home("aws", "").URL() }`:                                         true,
		`func f() { l, _ := link(); b.Browser.OpenTab(ctx, l) }; func link() (string, error) { return console.Shortcut(p, "1", "", console.Page{}), nil }`: true,
		`func f() { b.Bookmarks.CreateBookmark(ctx, bookmarks.Node{Title: "folder"}) }`:                                                                    true,
		`func f() { b.Bookmarks.CreateBookmark(ctx, bookmarks.Node{URL: console.Home("aws", "").URL()}) }`:                                                 true,
		`func f(op bookmarks.Op) { b.Bookmarks.CreateBookmark(ctx, bookmarks.Node{Title: op.Title, URL: op.URL}) }`:                                        true,
		`func f(op bookmarks.Op) { b.Bookmarks.UpdateBookmark(ctx, op.ID, op.Title, op.URL) }`:                                                             true,
		`type forwards struct{}; func (forwards) OpenTab(ctx context.Context, url string) { b.Browser.OpenTab(ctx, url) }`:                                 true,

		`func f() { b.Browser.OpenTab(ctx, "https://evil.example") }`:                                                         false,
		`func f() { b.Browser.OpenTab(ctx, p.StartURL) }`:                                                                     false,
		`func f() { b.Browser.OpenTab(ctx, p.Page()+"/#/") }`:                                                                 false,
		`func f() { b.Browser.OpenTab(ctx, console.Home("aws", "").URL()+"x") }`:                                              false,
		`func f(j *job) { b.Browser.OpenTab(ctx, j.link) }`:                                                                   false,
		`func f(page string) { b.Browser.OpenTab(ctx, page) }`:                                                                false,
		`func f(page string) { b.Browser.OpenTab(ctx, page) }; func g(j job) { f(j.state.Page); f(j.link) }`:                  false,
		`func f(j *job) { page := j.state.Page; if page == "" { page = p.StartURL }; b.Browser.OpenTab(ctx, page) }`:          false,
		`func f(j *job) { page := j.state.Page; fill(&page); b.Browser.OpenTab(ctx, page) }; func fill(*string) {}`:           false,
		`func f(all []string) { for _, page := range all { b.Browser.OpenTab(ctx, page) } }`:                                  false,
		`func f() { b.Browser.OpenTab(ctx, link(true)) }; func link(x bool) string { if x { return p.StartURL }; return "" }`: false,
		`func f() { open := b.Browser.OpenTab; open(ctx, "https://evil.example") }`:                                           false,
		`func f(j *job) { j.state.Page = p.StartURL; b.Browser.OpenTab(ctx, j.state.Page) }`:                                  false,
		`func f() { j := job{state: signin.State{Page: p.StartURL}}; b.Browser.OpenTab(ctx, j.state.Page) }`:                  false,
		`func f() { b.Bookmarks.UpdateBookmark(ctx, "1", "t", p.StartURL) }`:                                                  false,
		`func f() { b.Bookmarks.CreateBookmark(ctx, bookmarks.Node{URL: p.StartURL}) }`:                                       false,
		`func f() { m := bookmarks.Node{}; m.URL = p.StartURL; b.Bookmarks.CreateBookmark(ctx, m) }`:                          false,
		`func f() { b.Bookmarks.CreateBookmark(ctx, bookmarks.Node{"1", "2", "t", "https://evil.example"}) }`:                 false,
		`func f(op bookmarks.Op) { op.URL = p.StartURL; b.Bookmarks.CreateBookmark(ctx, bookmarks.Node{URL: op.URL}) }`:       false,
		`func f(n bookmarks.Node) { b.Bookmarks.CreateBookmark(ctx, bookmarks.Node{URL: n.URL}) }`:                            false,
		`func f(m bookmarks.Node) { b.Bookmarks.CreateBookmark(ctx, m) }`:                                                     false,
	} {
		s := newSources(t)
		file, err := parser.ParseFile(s.set, "x.go", head+code, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if faults := s.faults(s.check(module+"/x", []*ast.File{file})); (len(faults) == 0) != ok {
			t.Errorf("%s\nfaults: %q", code, faults)
		}
	}
}

// asked are the extension APIs that open something, or keep it for a person to open,
// and the methods that alone ask for them. Whoever adds one adds to openers, too.
var asked = map[string]string{"tabs.create": "OpenTab", "bookmarks.create": "CreateBookmark", "bookmarks.update": "UpdateBookmark"}

// harmless are APIs of the same kind that open nothing.
var harmless = []string{"bookmarks.getTree", "bookmarks.remove", "tabs.get", "tabs.remove"}

func TestNothingIsOpenedByAnotherWay(t *testing.T) {
	table := read(t, "../../extension/apis.js")
	names := regexp.MustCompile(`'((?:tabs|windows|bookmarks|downloads|history|identity|sidePanel|scripting)\.[^']+)'`).FindAllStringSubmatch(table, -1)
	for _, m := range names {
		if asked[m[1]] == "" && !slices.Contains(harmless, m[1]) {
			t.Errorf("%s may open something, and nothing says what", m[1])
		}
	}
	if len(names) < len(asked) {
		t.Errorf("only %q are in the table", names)
	}

	s := newSources(t)
	s.load(worker)
	s.load(popup)
	for name, p := range s.packages {
		own := within(name, worker, popup, bridge+"/...") // they have the page, and the browser
		for _, f := range p.files {
			for _, decl := range f.Decls {
				fn, _ := decl.(*ast.FuncDecl)
				ast.Inspect(decl, func(n ast.Node) bool {
					literal, ok := n.(*ast.BasicLit)
					if !ok {
						return true
					}
					text := strings.Trim(literal.Value, "`\"")
					if method := asked[text]; method != "" && (fn == nil || fn.Name.Name != method) || own && slices.Contains([]string{"open", "location", "href", "assign"}, text) {
						t.Errorf("%s: %s opens something", s.set.Position(n.Pos()), text)
					}
					return true
				})
			}
		}
	}
}

// The scripts and pages open nothing themselves, but for what they have made, and the
// browser's own page on which keys are changed.
func TestPagesOpenNothingThemselves(t *testing.T) {
	opens := regexp.MustCompile(`\bopen\(|\blocation\s*=[^=]|\blocation\.(?:href\s*=[^=]|assign|replace)|\.(?:href|action|src)\s*=[^=]|\b(?:tabs|windows)\.(?:create|update)|openWindow|(?:href|action|formaction|src)=["']?(?:[a-z]+:|//)|http-equiv=["']?refresh|<iframe`)
	made := regexp.MustCompile(`\.href = URL\.createObjectURL\(|tabs\.create\(\{ url: 'chrome://extensions/shortcuts' \}\)`)
	files := 0
	if err := filepath.WalkDir("../../extension", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".js" && filepath.Ext(name) != ".html" {
			return err
		}
		files++
		for i, line := range strings.Split(read(t, name), "\n") {
			if filepath.Base(name) == "apis.js" && strings.HasPrefix(line, "  '") {
				continue // the table
			}
			if opens.MatchString(made.ReplaceAllString(line, "")) {
				t.Errorf("%s:%d opens something: %s", name, i+1, strings.TrimSpace(line))
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if files < 10 {
		t.Errorf("only %d scripts and pages were found", files)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
