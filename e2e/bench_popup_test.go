package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portico/internal/browser"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/pattern"
	"portico/internal/portal"
	"portico/internal/portaltest"
)

// rowsInBench is the largest directory that Portico is made for: some 6,700
// accounts with 3 roles each.
const rowsInBench = 20_100

// popup is an extension whose popup is measured.
type popup struct {
	build   string         // with measure.js in its page
	storage map[string]any // what it has stored on disk
	times   map[string][]float64
}

// opening is what measure.js tells of one, in milliseconds since navigation.
type opening struct{ Painted, Answered float64 }

// contenders are Portico's popup and the yardstick, over one directory.
func contenders(b *testing.B) (portico, vanilla *popup) {
	b.Helper()
	accounts := benchAccounts()
	d := directory.Directory{Started: 1, Updated: 1, Accounts: accounts}
	bench := portal.Portal{ID: "bench", StartURL: "https://bench.awsapps.com/start", Region: "us-east-1"}
	var all []string
	for _, a := range accounts {
		for _, r := range a.Roles {
			all = append(all, a.Name+"\t"+a.ID+"\t"+r)
		}
	}
	kept := directory.Split(&d)
	portico = &popup{build: measuredBuild(b, devBuild, "portico", "measure.js"), storage: map[string]any{
		message.PortalsKey:                 message.Portals{All: []portal.Portal{bench}, Active: bench.ID}.Text(),
		message.DirectoryPrefix + bench.ID: kept.Head,
		message.HeadKey: bench.ID + "\n" + directory.Head(&d, nil, nil, func(a *directory.Account, role string) directory.Looks {
			guarded := message.Settings{}.Guard().Guards(pattern.Role{AccountID: a.ID, AccountName: a.Name, RoleName: role})
			return directory.Looks{Guarded: guarded}
		}),
	}}
	for n, part := range kept.Parts {
		portico.storage[message.PartKey(bench.ID, n)] = part
	}
	vanilla = &popup{build: measuredBuild(b, devBuild, "vanilla", "measure.js", "paint.js", "vanilla.js"), storage: map[string]any{
		"head": map[string]any{"rows": all[:12], "total": len(all)},
		"all":  strings.Join(all, "\n") + "\n",
	}}
	return portico, vanilla
}

// measuredBuild copies an extension with a script of testdata in its popup that
// measures, and with others, one after the other, in place of popup.js if there are any.
func measuredBuild(b *testing.B, extension, name, measure string, scripts ...string) string {
	b.Helper()
	fatal(b, built())
	dir := filepath.Join(b.TempDir(), name)
	fatal(b, os.CopyFS(dir, os.DirFS(extension)))
	// The control page shows an icon.
	fatal(b, os.MkdirAll(filepath.Join(dir, "icons"), 0o755))
	icon, err := os.ReadFile(filepath.Join(devBuild, "icons", "16.png"))
	fatal(b, err)
	fatal(b, os.WriteFile(filepath.Join(dir, "icons", "16.png"), icon, 0o600))
	put := func(name, text string) {
		fatal(b, os.WriteFile(filepath.Join(dir, "popup", name), []byte(text), 0o644))
	}
	read := func(name ...string) string {
		text, err := os.ReadFile(filepath.Join(name...))
		fatal(b, err)
		return string(text)
	}
	put("measure.js", read("testdata", measure))
	const own = `<script type="module" src="popup.js"></script>`
	page := read(dir, "popup", "popup.html")
	if !strings.Contains(page, own) {
		b.Fatalf("popup.html has no %s", own)
	}
	put("popup.html", strings.Replace(page, own, `<script type="module" src="measure.js"></script>`+own, 1))
	if len(scripts) > 0 {
		var all strings.Builder
		for _, script := range scripts {
			all.WriteString(read("testdata", script))
		}
		put("popup.js", all.String())
	}
	return dir
}

// launch starts a browser with the extension and what it has stored in it.
func (p *popup) launch(b *testing.B) *browser.Browser {
	b.Helper()
	br, err := browser.Launch(b.Context(), browser.Options{Extension: p.build})
	fatal(b, err)
	b.Cleanup(br.Close)
	stored, err := json.Marshal(p.storage)
	fatal(b, err)
	_, err = browser.Eval[bool](br.Control(), fmt.Sprintf("chrome.storage.local.set(%s).then(() => true)", stored))
	fatal(b, err)
	return br
}

// open opens the popup in a browser, gives the times that it took and closes it.
// Whatever a popup remembers of its last opening is as it was before.
func (p *popup) open(b *testing.B, br *browser.Browser) opening {
	b.Helper()
	_, err := browser.Eval[bool](br.Control(), "chrome.storage.session.clear().then(() => true)")
	fatal(b, err)
	page, err := br.OpenPopup()
	fatal(b, err)
	o, err := browser.Eval[opening](page, "measured")
	fatal(b, err)
	fatal(b, page.Close())
	return o
}

func (p *popup) note(b *testing.B, br *browser.Browser) {
	o := p.open(b, br)
	if p.times == nil {
		p.times = make(map[string][]float64)
	}
	p.times["painted"] = append(p.times["painted"], o.Painted)
	p.times["answered"] = append(p.times["answered"], o.Answered)
}

// BenchmarkPopupWarm compares how long the real popup takes, from navigation, to
// paint its first rows and to answer a letter typed then, with the yardstick, in
// turns, in browsers that have opened it before.
func BenchmarkPopupWarm(b *testing.B) {
	portico, vanilla := contenders(b)
	ours, theirs := portico.launch(b), vanilla.launch(b)
	for range 3 { // the first are slower, whichever they are
		portico.open(b, ours)
		vanilla.open(b, theirs)
	}
	for b.Loop() {
		portico.note(b, ours)
		vanilla.note(b, theirs)
	}
	compare(b, portico, vanilla)
}

// BenchmarkPopupFresh is the same in browsers that have just been started.
func BenchmarkPopupFresh(b *testing.B) {
	portico, vanilla := contenders(b)
	for b.Loop() {
		for _, p := range []*popup{portico, vanilla} {
			br := p.launch(b)
			p.note(b, br)
			br.Close()
		}
	}
	compare(b, portico, vanilla)
}

// compare prints both popups' times and reports the ratios of their means.
func compare(b *testing.B, portico, vanilla *popup) {
	b.Helper()
	for _, what := range []string{"painted", "answered"} {
		ours, theirs := portico.times[what], vanilla.times[what]
		ratio := middle(ours) / middle(theirs)
		b.ReportMetric(middle(ours), what+"-ms")
		b.ReportMetric(ratio, what+"-ratio")
		b.Logf("%-8s  %d pairs  Portico %s  vanilla %s  ratio %.2f", what, len(ours), summary(ours), summary(theirs), ratio)
	}
	b.ReportMetric(0, "ns/op")
}

func summary(of []float64) string {
	return fmt.Sprintf("mean %.0f median %.0f p90 %.0f ms", middle(of), quantile(of, 0.5), quantile(of, 0.9))
}

// benchAccounts is an organisation of the largest size, in the order in which
// its rows are shown.
func benchAccounts() []directory.Account {
	var accounts []directory.Account
	for _, a := range portaltest.New(portaltest.Config{Accounts: rowsInBench / 3, Roles: 3, Seed: 1}).Directory() {
		accounts = append(accounts, directory.Account{ID: a.ID, Name: a.Name, Email: a.Email, Roles: a.Roles, State: directory.Done})
	}
	directory.Sort(accounts)
	return accounts
}

// middle is the mean of all but the least and the greatest tenth.
func middle(of []float64) float64 {
	of = slices.Sorted(slices.Values(of))
	of = of[len(of)/10 : len(of)-len(of)/10]
	sum := 0.0
	for _, x := range of {
		sum += x
	}
	return sum / float64(len(of))
}

func quantile(of []float64, q float64) float64 {
	of = slices.Sorted(slices.Values(of))
	return of[int(q*float64(len(of)-1))]
}

func fatal(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
