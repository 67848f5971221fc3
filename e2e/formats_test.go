package e2e

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// offered are the formats that the popup offers, in its order.
var offered = slices.DeleteFunc(slices.Clone(list.Formats()), func(f list.Format) bool { return f.ID == list.Template })

// choose chooses the n-th format as a person does: with the pointer, the keys
// and Enter.
func choose(t *testing.T, j *mainjob.Job, n int) {
	t.Helper()
	p := open(t, j)
	must(t, p.Click("#format"), p.Press("Home"))
	for range n {
		must(t, p.Press("ArrowDown"))
	}
	must(t, p.Press("Enter"), p.Wait("document.activeElement.id === 'query'"))
	chosen(t, j, offered[n].ID)
}

// chosen fails the test if the popup shows another format.
func chosen(t *testing.T, j *mainjob.Job, id string) {
	t.Helper()
	if got := eval[string](t, open(t, j), "document.getElementById('format').value"); got != id {
		t.Errorf("the popup shows the format %q, want %q", got, id)
	}
}

// stored waits until the worker has stored a choice.
func stored(t *testing.T, j *mainjob.Job, id string) {
	t.Helper()
	must(t, open(t, j).Wait("chrome.storage.local.get('settings').then(s => s.settings.split('\\n').includes('copyFormat\\t"+id+"'))"))
}

// onClipboard checks that the clipboard holds issued credentials in a format. What
// Debian has a shell for is pasted there; of all others credfmt's own tests know that
// they are read back.
func onClipboard(t *testing.T, j *mainjob.Job, id string, c portaltest.Credentials) {
	t.Helper()
	text := saw(t)(j.Clipboard())
	shells := map[string][]string{list.POSIX: {"bash", "dash", "zsh"}, list.Fish: {"fish"}}[id]
	for _, shell := range shells {
		vars, err := mainjob.Paste(shell, text)
		must(t, err)
		if env := map[string]string{"AWS_ACCESS_KEY_ID": c.AccessKeyID, "AWS_SECRET_ACCESS_KEY": c.SecretAccessKey,
			"AWS_SESSION_TOKEN": c.SessionToken, "AWS_CREDENTIAL_EXPIRATION": c.Expiration.UTC().Format(time.RFC3339)}; !maps.Equal(vars, env) {
			t.Errorf("%s has %q, want %q", shell, vars, env)
		}
	}
	want, err := credfmt.Write(id, &credfmt.Credentials{AccountID: c.AccountID, RoleName: c.RoleName, AccessKeyID: c.AccessKeyID,
		SecretAccessKey: c.SecretAccessKey, SessionToken: c.SessionToken, Expiration: c.Expiration}, credfmt.Options{Expiry: true})
	must(t, err)
	if text != want.Text || len(want.Replaced) > 0 {
		t.Errorf("%s: on the clipboard is %q, want %q", id, text, want.Text)
	}
}

// Each format is chosen, survives popup and worker, and is what is copied.
func TestCredentialsAreCopiedInTheChosenFormat(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	chosen(t, j, "posix")
	for i := range offered {
		n := (i + 1) % len(offered) // the first is chosen anew in the end
		f := offered[n]
		choose(t, j, n)
		stored(t, j, f.ID)
		must(t, j.Close(), j.Browser.StopWorker())
		chosen(t, j, f.ID)

		holds(t, saw(t)(j.Copy()), "Copied for "+f.Name+": ", ", until ")
		must(t, j.Shot("copied-"+f.ID))
		issued := portal.Credentials()
		onClipboard(t, j, f.ID, issued[len(issued)-1])
	}
	noSecrets(t, j, portal, "local")
}

// The popup shows before Go has started, and so does the choice.
func TestTheChosenFormatShowsBeforeGo(t *testing.T) {
	b := launch(t, browser.Options{Extension: heldBuild(t)})
	eval[bool](t, b.Control(), "chrome.storage.local.set({settings: 'copyFormat\\tpowershell\\n'}).then(() => true)")
	must(t, openHeld(t, b, "start-url").Wait("document.getElementById('format').value === 'powershell'"))
}

// The keys of the choice: those that choose are its own, all others are the
// search field's, wherever the focus is.
func TestTheChoiceOfFormatIsKeptOutOfTheWayOfKeys(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	focus := func(id string) {
		t.Helper()
		must(t, p.Wait("document.activeElement.id === '"+id+"'"))
	}
	toChoice := func() {
		t.Helper()
		must(t, p.Press("Tab"))
		focus("format")
	}
	toChoice()
	must(t, p.Press("ArrowDown"), p.Wait("document.getElementById('format').matches(':open')"))
	chosen(t, j, "posix") // opened, not changed
	must(t, p.Press("ArrowDown"), p.Press("Enter"))
	focus("query")
	chosen(t, j, "fish")

	toChoice()
	must(t, p.Press(" "), p.Wait("document.getElementById('format').matches(':open')"))
	must(t, p.Press("Escape"), p.Wait("!document.getElementById('format').matches(':open')"))
	focus("format")
	must(t, p.Press("Escape"))
	focus("query")

	toChoice()
	must(t, p.Press("p"), p.Press("r"))
	must(t, p.Wait("document.getElementById('query').value === 'pr'"))
	toChoice()
	must(t, p.Press("Enter"))
	saw(t)(p.WaitText("#notice", "for fish"))
	if n := len(portal.Credentials()); n != 1 {
		t.Errorf("%d credentials were issued", n)
	}
	must(t, p.Press("Tab"), p.Press("Tab"))
	focus("act-copy")
	must(t, p.Press("Tab"))
	focus("act-console")
}

// Names that attack shells come along as variables, and do nothing there.
func TestHostileNamesArePastedAsTheyAre(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 30, Roles: 1, Hostile: true, TPS: -1, Interval: time.Second})
	visible := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < ' ' || 0x7f <= r && r <= 0x9f {
				return '_' // no shell's line takes it
			}
			return r
		}, s)
	}
	for format, shells := range map[string][]string{list.POSIX: {"bash", "dash", "zsh"}, list.Fish: {"fish"}} {
		eval[bool](t, open(t, j), "chrome.runtime.sendMessage({v: '1', type: 'settings.set', args: {names: 'true', copyFormat: '"+format+"'}}).then(answer => answer.ok)")
		must(t, open(t, j).Wait("document.getElementById('format').value === '"+format+"'"))
		for _, account := range portal.Hostile() {
			saw(t)(j.Search(account.ID))
			saw(t)(j.Copy())
			issued := portal.Credentials()
			c, text := issued[len(issued)-1], saw(t)(j.Clipboard())
			for _, shell := range shells {
				vars, err := mainjob.Paste(shell, text)
				must(t, err)
				want := map[string]string{"AWS_ACCESS_KEY_ID": c.AccessKeyID, "AWS_SECRET_ACCESS_KEY": c.SecretAccessKey, "AWS_SESSION_TOKEN": c.SessionToken,
					"AWS_CREDENTIAL_EXPIRATION": c.Expiration.UTC().Format(time.RFC3339), "AWS_ACCOUNT_ID": c.AccountID,
					"AWS_ACCOUNT_NAME": visible(account.Name), "AWS_ROLE_NAME": visible(c.RoleName)}
				if !maps.Equal(vars, want) {
					t.Errorf("%s has %q, want %q", shell, vars, want)
				}
			}
		}
	}
}
