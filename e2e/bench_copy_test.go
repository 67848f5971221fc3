package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// copier is an extension whose popup copies a role's credentials at Enter, in a
// browser of its own.
type copier struct {
	browser *browser.Browser
	popup   *browser.Page
	ask     string               // what its worker answers at once
	copied  map[string][]float64 // ms from the key press to the clipboard, by what the worker was
	woken   []float64            // ms until a worker that was stopped answers
}

// press copies once and gives how long that took.
func (c *copier) press(b *testing.B, was string) {
	b.Helper()
	before, err := browser.Eval[int](c.popup, "copies.length")
	fatal(b, err)
	fatal(b, c.popup.Press("Enter"))
	fatal(b, c.popup.Wait(fmt.Sprintf("copies.length > %d", before)))
	took, err := browser.Eval[float64](c.popup, "copies.at(-1)")
	fatal(b, err)
	c.copied[was] = append(c.copied[was], took)
}

// wake measures how long a worker that was stopped takes to answer anything.
func (c *copier) wake(b *testing.B) {
	b.Helper()
	fatal(b, c.browser.StopWorker())
	took, err := browser.Eval[float64](c.popup, fmt.Sprintf(`(async () => {
		const began = performance.now();
		await chrome.runtime.sendMessage(%s);
		return performance.now() - began;
	})()`, c.ask))
	fatal(b, err)
	c.woken = append(c.woken, took)
}

// BenchmarkCopy compares how long it takes from Enter to the credentials being on
// the clipboard with an extension of plain JavaScript that does just that, in turns:
// with workers that run, and with workers that have to be started. Of the latter
// Portico may take longer by what starting its worker takes longer.
func BenchmarkCopy(b *testing.B) {
	for _, latency := range []time.Duration{0, 80 * time.Millisecond, 200 * time.Millisecond} {
		b.Run("latency="+latency.String(), func(b *testing.B) { benchCopy(b, latency) })
	}
}

func benchCopy(b *testing.B, latency time.Duration) {
	portal := portaltest.New(portaltest.Config{Accounts: 40, Roles: 3, TPS: -1, Interval: time.Second, Latency: latency})
	server := httptest.NewServer(portal)
	b.Cleanup(server.Close)
	ours := porticoCopier(b, portal, server.URL)
	theirs := plainCopier(b, ours, portal, server.URL)
	for range 5 { // the first are slower, whichever they are
		ours.press(b, "first")
		theirs.press(b, "first")
	}
	for b.Loop() {
		for range 10 {
			ours.press(b, "warm")
			theirs.press(b, "warm")
		}
		for _, c := range []*copier{ours, theirs} {
			fatal(b, c.browser.StopWorker())
			c.press(b, "cold")
			c.wake(b)
		}
	}
	warm := quantile(ours.copied["warm"], 0.5) / quantile(theirs.copied["warm"], 0.5)
	start := quantile(ours.woken, 0.5) - quantile(theirs.woken, 0.5)
	later := quantile(ours.copied["cold"], 0.5) - quantile(theirs.copied["cold"], 0.5)
	b.Logf("warm  Portico %s  plain %s  ratio of medians %.2f", summary(ours.copied["warm"]), summary(theirs.copied["warm"]), warm)
	b.Logf("cold  Portico %s  plain %s  later by %.0f ms; starting Go takes %.0f ms", summary(ours.copied["cold"]), summary(theirs.copied["cold"]), later, start)
	b.ReportMetric(warm, "warm-ratio")
	b.ReportMetric(later, "cold-later-ms")
	b.ReportMetric(start, "go-start-ms")
	b.ReportMetric(0, "ns/op")
}

// porticoCopier is Portico's popup, signed in.
func porticoCopier(b *testing.B, portal *portaltest.Portal, url string) *copier {
	b.Helper()
	dir := measuredBuild(b, devBuild, "portico", "measure-copy.js")
	br, err := browser.Launch(b.Context(), browser.Options{Extension: dir})
	fatal(b, err)
	b.Cleanup(br.Close)
	j := &mainjob.Job{Browser: br, StartURL: url + "/start", Region: portal.Region()}
	_, err1 := j.AddPortal()
	_, err2 := j.SignIn()
	_, err3 := j.Listed()
	p, err4 := j.Open()
	fatal(b, errors.Join(err1, err2, err3, err4))
	return &copier{browser: br, popup: p, ask: `{v: '1', type: 'settings.get', args: {}}`, copied: map[string][]float64{}}
}

// plainCopier is the yardstick, with the session that Portico has.
func plainCopier(b *testing.B, portico *copier, portal *portaltest.Portal, url string) *copier {
	b.Helper()
	stored, err := browser.Eval[map[string]string](portico.popup, "chrome.storage.session.get(null).then(all => Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith('session:'))))")
	fatal(b, err)
	token := ""
	for _, text := range stored {
		token = message.ParseText(text)["token"]
	}
	account := portal.Directory()[0]
	dir := measuredBuild(b, "testdata/copy", "plain", "measure-copy.js")
	br, err := browser.Launch(b.Context(), browser.Options{Extension: dir})
	fatal(b, err)
	b.Cleanup(br.Close)
	role, err := json.Marshal(map[string]string{"token": token,
		"url": url + "/federation/credentials?account_id=" + account.ID + "&role_name=" + account.Roles[0]})
	fatal(b, err)
	_, err = browser.Eval[bool](br.Control(), fmt.Sprintf("chrome.storage.session.set({role: %s}).then(() => true)", role))
	fatal(b, err)
	p, err := br.OpenPopup()
	fatal(b, err)
	fatal(b, p.Wait("!!globalThis.copies"))
	return &copier{browser: br, popup: p, ask: `{type: 'nothing'}`, copied: map[string][]float64{}}
}
