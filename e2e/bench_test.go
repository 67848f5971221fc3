package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portico/internal/browser"
	"portico/internal/directory"
	"portico/internal/mainjob"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// rowsInBench is the largest directory that Portico is made for: some 6,700
// accounts with 3 roles each.
const rowsInBench = 20_100

// BenchmarkPopupPainted compares how long the real popup takes from navigation
// to its first contentful paint with a popup of plain JavaScript that shows the
// same, in turns, in one run. Run it with -benchtime=40x or so.
func BenchmarkPopupPainted(b *testing.B) {
	portico := benchJob(b, devBuild)
	vanilla := benchJob(b, vanillaBuild(b))
	times := map[*mainjob.Job][]float64{}
	opened := func(j *mainjob.Job) float64 {
		popup, err := j.Browser.OpenPopup()
		fatal(b, err)
		const paint = "(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)"
		fatal(b, popup.Wait(paint+" > 0"))
		ms, err := browser.Eval[float64](popup, paint)
		fatal(b, err)
		fatal(b, j.Browser.ClosePage(popup))
		return ms
	}
	for _, j := range []*mainjob.Job{portico, vanilla} {
		opened(j) // the first is slower, whichever it is
	}
	for b.Loop() {
		for _, j := range []*mainjob.Job{portico, vanilla} {
			times[j] = append(times[j], opened(j))
		}
	}
	ours, theirs := middle(times[portico]), middle(times[vanilla])
	b.ReportMetric(ours, "portico-ms")
	b.ReportMetric(theirs, "vanilla-ms")
	b.ReportMetric(ours/theirs, "ratio")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkKeystroke measures, in the real popup, from an input event to the end
// of everything it causes in the page: search, view, painted rows, layout.
func BenchmarkKeystroke(b *testing.B) {
	j := benchJob(b, devBuild)
	popup, err := j.Open()
	fatal(b, err)
	var all []float64
	for b.Loop() {
		ms, err := browser.Eval[[]float64](popup, `(() => {
			const query = document.getElementById('query'), times = [];
			for (const text of ['payments-prod', 'data admin', 'sandbox', 'plat stag read', 'paymnets prod', '4069']) {
				for (let n = 1; n <= text.length; n++) {
					query.value = text.slice(0, n);
					const begun = performance.now();
					query.dispatchEvent(new InputEvent('input'));
					document.getElementById('rows').getBoundingClientRect();
					times.push(performance.now() - begun);
				}
				query.value = '';
				query.dispatchEvent(new InputEvent('input'));
			}
			return times;
		})()`)
		fatal(b, err)
		all = append(all, ms...)
	}
	slices.Sort(all)
	b.ReportMetric(median(all), "median-ms")
	b.ReportMetric(all[len(all)*9/10], "p90-ms")
	b.ReportMetric(0, "ns/op")
}

// benchJob starts a browser whose extension has a large directory stored.
func benchJob(b *testing.B, build string) *mainjob.Job {
	b.Helper()
	br, err := browser.Launch(b.Context(), browser.Options{Extension: build})
	fatal(b, err)
	b.Cleanup(br.Close)
	j := &mainjob.Job{Browser: br, StartURL: "https://bench.awsapps.com/start", Region: "us-east-1"}
	portals := message.Portals{All: []message.Portal{{StartURL: j.StartURL, Region: j.Region}}, Active: j.StartURL}
	_, err = browser.Eval[bool](br.Control(), fmt.Sprintf("chrome.storage.local.set({%q: %q, %q: %q}).then(() => true)",
		message.PortalsKey, portals.Text(), message.DirectoryPrefix+j.StartURL, benchSnapshot()))
	fatal(b, err)
	return j
}

func benchSnapshot() string {
	d := directory.Directory{Started: 1, Updated: 1}
	for _, a := range portaltest.New(portaltest.Config{Accounts: rowsInBench / 3, Roles: 3, Seed: 1}).Directory() {
		slices.Sort(a.Roles)
		d.Accounts = append(d.Accounts, directory.Account{ID: a.ID, Name: a.Name, Email: a.Email, Roles: a.Roles, State: directory.Done})
	}
	slices.SortFunc(d.Accounts, func(a, b directory.Account) int { return strings.Compare(a.Name, b.Name) })
	return directory.Encode(&d)
}

// vanillaBuild is the development build with the yardstick for a popup.
func vanillaBuild(b *testing.B) string {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "vanilla")
	fatal(b, os.CopyFS(dir, os.DirFS(devBuild)))
	yardstick, err := os.ReadFile("testdata/vanilla.js")
	fatal(b, err)
	fatal(b, os.WriteFile(filepath.Join(dir, "popup", "popup.js"), yardstick, 0o644))
	return dir
}

// middle is the mean of all but the least and the greatest tenth. Browsers tell
// paint times in steps of 4 ms, between which a median jumps.
func middle(of []float64) float64 {
	of = slices.Clone(of)
	slices.Sort(of)
	of = of[len(of)/10 : len(of)-len(of)/10]
	sum := 0.0
	for _, x := range of {
		sum += x
	}
	return sum / float64(len(of))
}

func median(of []float64) float64 {
	of = slices.Clone(of)
	slices.Sort(of)
	return of[len(of)/2]
}

func fatal(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
