package ways

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// counted are the packages whose functions may be stops, but for the programs,
// which run in a browser alone.
var counted = []string{module + "ssocore/...", module + "internal/backend", module + "internal/directory", module + "internal/search",
	module + "internal/palette", module + "internal/signin", module + "internal/message", module + "internal/words", module + "internal/portal", module + "internal/credfmt"}

// page is where the ways are listed.
const page = "../../docs/architecture.md"

// way is how an event comes to its effects.
type way struct {
	title     string
	pkg, test string   // of a test that has the event happen
	from      string   // its entrance
	to        []string // its effects
	most      int      // stops
}

var ways = []way{
	{"A keystroke", "palette", "TestAKeystrokeAlone", "wasm/popup/main.go:popup.event",
		[]string{"internal/search/rows.go:Index.scoreRows", "internal/search/sorter.go:sorter.sort", "internal/palette/view.go:Model.rows", "wasm/popup/page.go:page.show"}, 10},
	{"A sign-in step", "backend", "TestASignInStepAlone", "internal/backend/run.go:Backend.run",
		[]string{"internal/backend/access.go:patient.Fetch", "internal/backend/session.go:Backend.store"}, 12},
	{"A key that copies", "palette", "TestAKeyThatCopiesAlone", "wasm/popup/main.go:popup.event",
		[]string{"internal/palette/event.go:Model.onRow", "wasm/popup/effects.go:popup.request", "internal/palette/answer.go:copied", "wasm/popup/effects.go:writeClipboard"}, 11},
	{"A credential", "backend", "TestACredentialAlone", "internal/backend/backend.go:Backend.Handle",
		[]string{"internal/backend/access.go:patient.Fetch", "internal/credfmt/write.go:Write", "internal/backend/session.go:Backend.store"}, 14},
	{"A listing page", "backend", "TestAListingPageAlone", "internal/directory/sync_roles.go:round.run",
		[]string{"internal/backend/access.go:patient.Fetch", "internal/directory/sync_roles.go:round.take"}, 12},
}

// The page lists the stops of each way, no more and no less than there are.
func TestTheWaysAreAsThePageSays(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	h := read(t)
	for _, w := range ways {
		t.Run(w.title, func(t *testing.T) {
			said := listedIn(string(text), w.title)
			run := passed(t, module+"internal/"+w.pkg, w.test)
			stops, all := h.stops(t, w, run, said)
			t.Logf("%d stops, of %d functions that the event runs", len(stops), all)
			if !slices.Equal(stops, said) {
				t.Errorf("the page lists\n\t%s\nthe event passes\n\t%s", strings.Join(said, "\n\t"), strings.Join(stops, "\n\t"))
			}
			if len(stops) > w.most {
				t.Errorf("%d stops, want at most %d", len(stops), w.most)
			}
		})
	}
}

var stop = regexp.MustCompile("(?m)^\\d+\\. `([^`]+)`")

// listedIn gives the stops that the page lists below a heading.
func listedIn(text, title string) (names []string) {
	_, after, _ := strings.Cut(text, "\n### "+title+"\n")
	section, _, _ := strings.Cut(after, "\n#")
	for _, found := range stop.FindAllStringSubmatch(section, -1) {
		names = append(names, found[1])
	}
	return names
}

// stops gives the functions by which an event comes from its entrance to its
// effects, in the order in which they are first called, and how many it runs in
// all. Of the programs, which run in a browser alone, those that the page names
// are believed to run.
func (h *house) stops(t *testing.T, w way, run blocks, said []string) (names []string, all int) {
	t.Helper()
	ran := make(map[*function]bool)
	for _, f := range h.functions {
		ran[f] = run.within(f.body) || inProgram(f) && slices.Contains(said, f.name)
	}
	passes := func(f *function) (to []*function) {
		for _, l := range f.leads {
			if ran[l.to] && (inProgram(f) || run.holds(f.body.file, l.at)) {
				to = append(to, l.to)
			}
		}
		return to
	}
	leads := make(map[*function]bool) // to an effect
	for _, name := range append(w.to, w.from) {
		if h.byName[name] == nil {
			t.Fatalf("there is no %s", name)
		}
	}
	for _, name := range w.to {
		leads[h.byName[name]] = true
	}
	order := h.reached(h.byName[w.from], passes)
	for more := true; more; {
		more = false
		for _, f := range order {
			if !leads[f] && slices.ContainsFunc(passes(f), func(to *function) bool { return leads[to] }) {
				leads[f], more = true, true
			}
		}
	}
	for _, name := range w.to {
		if !slices.Contains(order, h.byName[name]) {
			t.Errorf("%s does not lead to %s", w.from, name)
		}
	}
	for _, f := range order {
		if leads[f] {
			names = append(names, f.name)
		}
	}
	return names, len(order)
}

func inProgram(f *function) bool { return strings.HasPrefix(f.name, "wasm/") }

// reached gives a function and all that it leads to, in the order in which they
// are first called.
func (h *house) reached(from *function, passes func(*function) []*function) (order []*function) {
	seen := make(map[*function]bool)
	var visit func(f *function)
	visit = func(f *function) {
		if !seen[f] {
			seen[f] = true
			order = append(order, f)
			for _, to := range passes(f) {
				visit(to)
			}
		}
	}
	visit(from)
	return order
}
