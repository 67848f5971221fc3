// Package arch holds the house together: its tests enforce who may import whom, and
// that the addresses that are opened come from where they are checked.
// It has no code of its own and nothing imports it.
package arch

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"testing"
)

// The packages of the house and the modules it stands on, as the rules name them.
const (
	ssocore    = module + "/ssocore"
	endpoints  = module + "/ssocore/endpoints"
	percent    = module + "/ssocore/percent"
	bridge     = module + "/bridge"
	webext     = module + "/bridge/webext"
	worker     = module + "/wasm"
	popup      = module + "/wasm/popup"
	demo       = module + "/wasm/demo"
	backend    = module + "/internal/backend"
	console    = module + "/internal/console"
	jump       = module + "/internal/console/jump"
	bookmarks  = module + "/internal/bookmarks"
	credfmt    = module + "/internal/credfmt"
	formats    = module + "/internal/credfmt/list"
	holes      = module + "/internal/placeholder"
	profile    = module + "/internal/profile"
	patterns   = module + "/internal/pattern"
	awsconfig  = module + "/internal/awsconfig"
	directory  = module + "/internal/directory"
	fold       = module + "/internal/fold"
	digits     = module + "/internal/digits"
	message    = module + "/internal/message"
	words      = module + "/internal/words"
	wrapping   = module + "/internal/wrap"
	portal     = module + "/internal/portal"
	palette    = module + "/internal/palette"
	search     = module + "/internal/search"
	own        = module + "/internal/own"
	usage      = module + "/internal/usage"
	signin     = module + "/internal/signin"
	portaltest = module + "/internal/portaltest"
	browser    = module + "/internal/browser"
	mainjob    = module + "/internal/mainjob"
	linked     = module + "/internal/linked"
	ways       = module + "/internal/ways"
	e2e        = module + "/e2e"
	commands   = module + "/cmd/..."
	programs   = module + "/wasm/..."

	dom         = "honnef.co/go/js/dom/v2"
	workers     = "github.com/syumai/workers/..."
	levenshtein = "github.com/agnivade/levenshtein"
)

var (
	// heavy is what costs a program bytes that each of its starts pays for.
	heavy = []string{"encoding/json", "net", "net/...", "fmt"}
	// heavier is what the popup, on the user's critical path, does without too.
	heavier = append([]string{"reflect"}, heavy...)
)

// reaches says where a package may lead, however far: outside the standard
// library to what is listed alone, inside it to all but never.
var reaches = []reach{
	{from: ssocore, only: []string{endpoints, percent, wrapping}, never: heavy},
	{from: endpoints, never: heavier},

	{from: portal, only: []string{endpoints}, never: heavier},
	{from: message, only: []string{digits, portal, endpoints, patterns, fold}, never: heavier},
	{from: words, only: []string{digits, message, portal, endpoints, patterns, fold}, never: heavier},
	{from: formats, never: heavier},
	{from: holes, never: heavier},
	{from: profile, only: []string{holes, fold}, never: heavier},
	{from: patterns, only: []string{fold}, never: heavier},
	{from: awsconfig, only: []string{holes, profile, fold}, never: heavier},
	{from: credfmt, only: []string{formats, holes, profile, fold}, never: heavier},
	{from: percent, never: heavier},
	{from: wrapping, never: heavier},
	{from: console, only: []string{portal, endpoints, percent}, never: heavier},
	{from: jump, never: heavier},
	{from: bookmarks, only: []string{console, portal, endpoints, percent, directory, digits, patterns, fold, holes}, never: heavier},
	{from: fold, never: heavier},
	{from: digits, never: heavier},
	{from: directory, only: []string{digits, patterns, fold}, never: heavier},
	{from: search, only: []string{digits, directory, patterns, fold, levenshtein, usage}, never: heavier},
	{from: own, only: []string{digits, directory, patterns, fold}, never: heavier},
	{from: usage, only: []string{digits, directory, patterns, fold}, never: heavier},
	{from: palette, only: []string{digits, message, words, portal, endpoints, formats, jump, directory, patterns, fold, search, own, usage, levenshtein}, never: heavier},

	{from: signin, only: []string{digits, ssocore, endpoints, percent, wrapping, message, portal, patterns, fold}, never: heavy},
	{from: backend, only: []string{digits, wrapping, ssocore, endpoints, portal, signin, message, words, credfmt, formats, holes, profile, patterns, awsconfig, bookmarks, console, jump, percent, directory, fold, search, own, usage, levenshtein}, never: heavy},

	{from: webext, only: []string{wrapping}, never: heavier},
	{from: bridge, only: []string{ssocore, endpoints, percent, wrapping, webext}, never: heavy},

	{from: worker, only: []string{digits, wrapping, ssocore, endpoints, portal, bridge, webext, backend, signin, message, words, credfmt, formats, holes, profile, patterns, awsconfig, bookmarks, console, jump, percent, directory, fold, search, own, usage, levenshtein}, never: heavy},
	{from: popup, only: []string{digits, wrapping, webext, palette, message, words, portal, endpoints, formats, patterns, jump, directory, fold, search, own, usage, levenshtein, dom}, never: heavier},

	// They have their own idea of the protocol: a mistake of ssocore's is none of
	// theirs.
	{from: portaltest},
	{from: demo, only: []string{portaltest, workers}, never: []string{"html/template"}}, // 6 MB
}

// importers says who may import a package itself, in programs and in tests.
// Anything that is neither here, nor ours, nor of the standard library may be
// imported by no one.
var importers = []importer{
	{of: dom, by: []string{popup}},
	{of: levenshtein, by: []string{search}},
	{of: workers, by: []string{demo}},
	{of: "github.com/evanw/esbuild/...", by: []string{commands}},
	{of: "github.com/chromedp/...", by: []string{browser}},
	{of: "github.com/aws/...", tests: []string{module + "/..."}},
	{of: "github.com/joho/godotenv", tests: []string{credfmt}},
	{of: "pgregory.net/rapid", tests: []string{module + "/..."}},
	{of: "golang.org/x/net/...", tests: []string{bookmarks}},
	{of: "github.com/CycloneDX/cyclonedx-go", tests: []string{linked}},
	{of: "github.com/santhosh-tekuri/jsonschema/v6", tests: []string{linked}},

	{of: "net/http/...", by: []string{portaltest, demo, commands}, tests: []string{module + "/..."}},
	{of: "syscall/js", by: []string{bridge, webext, programs}, tests: []string{bridge, webext}},

	{of: bridge, by: []string{programs}},
	{of: webext, by: []string{bridge, programs}, tests: []string{bridge}},
	{of: backend, by: []string{programs}, tests: []string{backend}},
	{of: palette, by: []string{programs}, tests: []string{palette}},
	{of: portaltest, by: []string{demo, commands}, tests: []string{module + "/..."}},
	{of: browser, by: []string{mainjob, commands}, tests: []string{e2e, browser, mainjob}},
	{of: mainjob, by: []string{commands}, tests: []string{e2e}},
	{of: linked, by: []string{commands}, tests: []string{e2e}},
	{of: ways, tests: []string{backend, palette}},
}

func TestHouse(t *testing.T) {
	native, wasm := load(t, "native"), load(t, "js/wasm")
	for platform, g := range map[string]graph{"native": native, "js/wasm": wasm} {
		for _, fault := range g.check(reaches, importers) {
			t.Errorf("%s: %s", platform, fault)
		}
	}
	for _, p := range wasm.ours() {
		if native[p.ImportPath] == nil && !within(p.ImportPath, programs, bridge+"/...") {
			t.Errorf("%s can not be tested natively", p.ImportPath)
		}
	}
	// A rule about a package that no one has guards nothing.
	for _, r := range reaches {
		if wasm[r.from] == nil {
			t.Errorf("a rule says where %s may lead, and there is no such package", r.from)
		}
	}
	for _, i := range importers {
		if !native.imported(i.of) && !wasm.imported(i.of) {
			t.Errorf("a rule says who may import %s, and no one does", i.of)
		}
	}
}

// The bytes of a release depend on the toolchain, so it is a matter of record.
func TestToolchainIsPinned(t *testing.T) {
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct{ Toolchain string }
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^go1\.\d+\.\d+$`).MatchString(mod.Toolchain) {
		t.Errorf("go.mod pins no toolchain: %q", mod.Toolchain)
	}
}
