package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portico/internal/browser"
	"portico/internal/directory"
	"portico/internal/search"
	"portico/internal/searchtest"
)

// peersFolder is where `make bench-search` has the searches that ours is set beside.
const peersFolder = "../build/peers/node_modules"

// peers are their modules, each whole in one file.
var peers = map[string]string{
	"ufuzzy.mjs": "@leeoniya/ufuzzy/dist/uFuzzy.mjs",
	"fuse.mjs":   "fuse.js/dist/fuse.mjs",
	"fzf.js":     "fzf/dist/fzf.es.js",
}

// searching is a popup in which keystrokes are measured.
type searching struct {
	page *browser.Page
	ask  string // for the times of all keystrokes
	all  []float64
}

// BenchmarkSearch types into the real popup and into pages of its peers, in turns,
// over the same rows, painted by each; and compares how well they answer what is known
// of our sets. A keystroke lasts until all that it causes in the page is done.
func BenchmarkSearch(b *testing.B) {
	portico, _ := contenders(b)
	portico.build = measuredBuild(b, devBuild, "portico", "search/keystrokes.js")
	ours, err := portico.launch(b).OpenPopup()
	fatal(b, err)
	rows := rowsOf(benchAccounts())
	theirs := peersPage(b)
	made := load(b, theirs, rows)
	names, err := browser.Eval[[]string](theirs, "bench.names")
	fatal(b, err)

	const us = "Portico"
	all := map[string]*searching{us: {page: ours, ask: "keystrokes()"}}
	for _, name := range names {
		all[name] = &searching{page: theirs, ask: fmt.Sprintf("bench.keystrokes(%q)", name)}
	}
	names = append([]string{us}, names...)
	for b.Loop() {
		for _, name := range names {
			s := all[name]
			times, err := browser.Eval[[]float64](s.page, s.ask)
			fatal(b, err)
			s.all = append(s.all, times...)
		}
	}
	fastest := all["uFuzzy"].all
	for _, name := range names {
		times := all[name].all
		fmt.Printf("%-22s keystroke median %6.2f p90 %6.2f ms, of uFuzzy's %.2f and %.2f; made in %.0f ms\n", name, quantile(times, 0.5), quantile(times, 0.9),
			quantile(times, 0.5)/quantile(fastest, 0.5), quantile(times, 0.9)/quantile(fastest, 0.9), made[name])
	}
	b.ReportMetric(quantile(all[us].all, 0.5)/quantile(fastest, 0.5), "median-ratio")
	b.ReportMetric(quantile(all[us].all, 0.9)/quantile(fastest, 0.9), "p90-ratio")
	b.ReportMetric(0, "ns/op")
	for _, set := range searchtest.Sets() {
		compareAnswers(b, theirs, set, names[1:])
	}
}

// peersPage is a popup that searches as the peers do.
func peersPage(b *testing.B) *browser.Page {
	b.Helper()
	dir := measuredBuild(b, devBuild, "peers", "search/keystrokes.js", "paint.js", "search/popup.js")
	fatal(b, os.Mkdir(filepath.Join(dir, "popup", "peers"), 0o755))
	for name, from := range peers {
		module, err := os.ReadFile(filepath.Join(peersFolder, from))
		if err != nil {
			b.Fatalf("%v: run `make bench-search`", err)
		}
		fatal(b, os.WriteFile(filepath.Join(dir, "popup", "peers", name), module, 0o644))
	}
	br, err := browser.Launch(b.Context(), browser.Options{Extension: dir})
	fatal(b, err)
	b.Cleanup(br.Close)
	page, err := br.OpenPopup()
	fatal(b, err)
	return page
}

// load gives the peers their rows, and tells in how many milliseconds each was ready.
func load(b *testing.B, page *browser.Page, rows []string) map[string]float64 {
	b.Helper()
	made, err := browser.Eval[map[string]float64](page, "bench.load("+asJSON(b, rows)+")")
	fatal(b, err)
	return made
}

// rowsOf are lines of account name, account ID, e-mail and role.
func rowsOf(accounts []directory.Account) (rows []string) {
	for _, a := range accounts {
		for _, role := range a.Roles {
			rows = append(rows, strings.Join([]string{a.Name, a.ID, a.Email, directory.Unescape(role)}, "\t"))
		}
	}
	return rows
}

// compareAnswers prints how well all answer the queries of a set, and by which rules of
// typing a peer answers better than Portico.
func compareAnswers(b *testing.B, page *browser.Page, set searchtest.Set, names []string) {
	b.Helper()
	load(b, page, rowsOf(set.Directory.Accounts))
	ix, queries := search.NewIndex(set.Directory), []string{}
	var ours searchtest.Tallies
	for _, q := range set.Queries {
		queries = append(queries, q.Text+"\t"+q.AccountID+"\t"+q.Role)
		ours.Add(q, searchtest.Rank(ix, set.Directory, q, ix.Search(q.Text, nil)))
	}
	fmt.Printf("%-8s %-22s %v\n", set.Name, "Portico", &ours.All)
	for _, name := range names {
		ranks, err := browser.Eval[[]int](page, fmt.Sprintf("bench.ranks(%q, %s)", name, asJSON(b, queries)))
		fatal(b, err)
		var theirs searchtest.Tallies
		for i, q := range set.Queries {
			theirs.Add(q, ranks[i])
		}
		fmt.Printf("%-8s %-22s %v\n", set.Name, name, &theirs.All)
		for _, rule := range ours.Rules {
			if us, them := ours.By[rule], theirs.By[rule]; them.MRR() > us.MRR() {
				fmt.Printf("%-8s %-22s answers better by %q: %v, Portico %v\n", set.Name, name, rule, them, us)
			}
		}
	}
}

func asJSON(b *testing.B, v any) string {
	b.Helper()
	text, err := json.Marshal(v)
	fatal(b, err)
	return string(text)
}
