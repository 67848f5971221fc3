package e2e

import (
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/portaltest"
)

// openActions opens the menu of actions by its key, and searches it.
func openActions(t *testing.T, p *browser.Page, text string) {
	t.Helper()
	must(t, p.Press("Ctrl+k"))
	focus(t, p, "actions-query")
	must(t, p.Fill("#actions-query", text))
}

// actionsShown are the actions that show, with their keys; the selected one is marked.
func actionsShown(t *testing.T, p *browser.Page) []string {
	t.Helper()
	return eval[[]string](t, p, `[...document.querySelectorAll('#actions .option:not([hidden])')].map((option) =>
		(option.ariaSelected === 'true' ? '> ' : '') + [...option.children].map((part) => part.textContent).join(', '))`)
}

// closed waits until no sheet lies over the page, and the focus is where it was.
func closed(t *testing.T, p *browser.Page, on string) {
	t.Helper()
	must(t, p.Wait("!document.querySelector('dialog[open]')"))
	focus(t, p, on)
}

func TestActionsAreFoundByTyping(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	row := strings.Split(saw(t)(j.Search("prod")), " | ")
	openActions(t, p, "")
	holds(t, saw(t)(p.Text("#actions-of")), row...)
	all := strings.Join(actionsShown(t, p), "\n")
	holds(t, all, "> Copy for bash and zsh, ↵", "Open console, Ctrl ↵", "Bookmark, Ctrl D", "Copy role ARN", "Copy for fish", "Copy for JSON", "Refresh this account, Ctrl R", "All keys, ?")
	if strings.Contains(all, "template") {
		t.Errorf("a template is offered that nobody has written: %s", all)
	}
	must(t, p.Press("ArrowUp"))
	if last := actionsShown(t, p); !strings.HasPrefix(last[len(last)-1], "> ") {
		t.Errorf("↑ on the first leads to %q", last)
	}
	must(t, p.Press("Escape"))
	closed(t, p, "query")

	openActions(t, p, "co fi")
	if got := actionsShown(t, p); len(got) != 1 || got[0] != "> Copy for fish" {
		t.Errorf("found are %q", got)
	}
	must(t, p.Fill("#actions-query", "zzz"), p.Press("Enter"))
	holds(t, saw(t)(p.WaitText("#actions .none", "No action")), "Escape")
	must(t, p.Fill("#actions-query", "json"), p.Press("Enter"))
	closed(t, p, "query")
	holds(t, saw(t)(p.WaitText("#notice", "Copied for JSON")), row...)
	if got := eval[string](t, p, "document.querySelector('#format').value"); got != "posix" {
		t.Errorf("what was copied once is chosen from now on: %s", got)
	}
	fetched(t, portal, row[1]+" "+row[2])

	must(t, p.Press("Ctrl+k"))
	focus(t, p, "actions-query")
	must(t, p.Press("Ctrl+d")) // its own key, in the menu
	closed(t, p, "query")
	saw(t)(p.WaitText("#notice", "ookmarked"))
	must(t, p.Click("#act-more"))
	focus(t, p, "actions-query")
	must(t, p.Press("Ctrl+k"))
	closed(t, p, "query")
}

func TestTextsAreCopiedFromTheMenu(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	row := strings.Split(saw(t)(j.Search("prod")), " | ")
	for action, want := range map[string][]string{
		"console link": {"#/console?account_id=" + row[1], "role_name=" + row[2]},
		"account id":   {row[1]},
		"arn":          {"arn:aws:iam::" + row[1] + ":role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_" + row[2] + "_*"},
		"profiles":     {"sso_account_id = " + row[1], "sso_role_name = " + row[2], "[sso-session "},
	} {
		p := open(t, j) // looking at the clipboard closes it
		openActions(t, p, action)
		must(t, p.Press("Enter"))
		closed(t, p, "query")
		saw(t)(p.WaitText("#notice", "Copied"))
		holds(t, saw(t)(j.Clipboard()), want...)
	}
	fetched(t, portal)
}

func TestOneAccountIsRefreshed(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	row := strings.Split(saw(t)(j.Search("prod")), " | ")
	before := portal.Requests()
	all := portal.Directory()
	for i := range all {
		if all[i].ID == row[1] {
			all[i].Roles = append(all[i].Roles, "Auditor")
		}
	}
	portal.SetDirectory(all)
	openActions(t, p, "refresh")
	must(t, p.Press("Enter"))
	closed(t, p, "query")
	must(t, p.Fill("#query", row[1]+" auditor"), p.Wait("document.querySelector('.row .role')?.textContent === 'Auditor'"))
	after := portal.Requests()
	if n := after["ListAccountRoles"] - before["ListAccountRoles"]; n != 1 || after["ListAccounts"] != before["ListAccounts"] {
		t.Errorf("%d accounts were listed, and all %d times", n, after["ListAccounts"]-before["ListAccounts"])
	}
}

// All keys, and the one that opens Portico with where it is changed.
func TestKeysAreShown(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	key := eval[string](t, p, "chrome.commands.getAll().then(([command]) => command.shortcut || 'no key yet')") // a browser of tests gives none
	shown := func() {
		t.Helper()
		focus(t, p, "keys-done")
		holds(t, saw(t)(p.Text("#keys dl")), key, "Ctrl ↵", "copy its credentials")
	}
	must(t, p.Press("?"))
	shown()
	must(t, p.Press("Escape"))
	closed(t, p, "query")
	openActions(t, p, "all keys")
	must(t, p.Press("Enter"))
	shown()
	must(t, p.Press("Enter")) // Done
	closed(t, p, "query")
	saw(t)(j.Search("a"))
	must(t, p.Press("?"))
	if got := eval[string](t, p, "document.querySelector('#query').value"); got != "a?" {
		t.Errorf("in a search ? types %q", got)
	}
}
