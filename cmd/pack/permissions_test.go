package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/permissions.md and what is made in docs/store anew")

// why says what each permission is for, and when people are asked for it.
var why = map[string]string{
	"storage":                             "keeps portals, lists of accounts and roles, and settings; tokens in memory only, unless one chooses to stay signed in",
	"activeTab":                           "tells the address of the tab that Portico was opened on, and only then: if that is a portal’s page, the form offers it, if it is a console’s, the popup offers that with another role",
	"alarms":                              "goes on with a sign-in or a listing, and clears the clipboard, after the browser has stopped the worker",
	"declarativeNetRequestWithHostAccess": "takes the `Origin` header, which names the extension, off its own requests to the portal’s hosts; leads the page on which a sign-in is allowed back to the extension, while one waits for it or that page may still be open",
	"bookmarks":                           "at the first bookmark: adds it, and brings those it made up to date after a listing; reads the tree to see where they are; removes those of revoked roles that are chosen in the settings",
	"clipboardWrite":                      "once, after a copy that was missed, and in the settings: finishes a copy whose window is gone",
	"clipboardRead":                       "in the settings, for clearing the clipboard: looks whether it still holds what was copied",
	"idle":                                "in the settings, for forgetting sessions when nobody is there: tells whether somebody is",
	"offscreen":                           "with the two for the clipboard: a page that nobody sees, since the worker has no clipboard",
}

// The page says what the release may do, in the manifest's own words, and why.
func TestThePageOfPermissionsIsTrue(t *testing.T) {
	pageIs(t, "permissions.md", writePermissions(t, release(t))+writeFirefox(t, firefox(t)))
}

// What the stores ask of each permission is answered in the same words.
func TestThePageOfJustificationsIsTrue(t *testing.T) {
	pageIs(t, "store/permissions.md", writeJustifications(t, release(t)))
}

// pageIs checks that a page in docs holds a text, or writes that.
func pageIs(t *testing.T, page, want string) {
	t.Helper()
	name := filepath.Join("../../docs", page)
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil || string(got) != want {
		t.Errorf("docs/%s is not what the release may do (%v): go test ./cmd/pack -run %s -update", page, err, t.Name())
	}
}

// justified is how long the answer to one of the stores' questions may be.
const justified = 1000

func writeJustifications(t *testing.T, m map[string]any) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("# Why each permission\n\n<!-- Written by go test ./cmd/pack -run TestThePageOfJustificationsIsTrue -update -->\n\nOne answer for each permission that the stores ask about; Firefox's package has of the optional ones `bookmarks` alone.\n")
	say := func(permission, answer string) {
		answer = strings.ReplaceAll(answer, "`", "")
		answer = strings.ToUpper(answer[:1]) + answer[1:] + "."
		if len(answer) > justified {
			t.Errorf("%s: %d letters are too many for a store", permission, len(answer))
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", permission, answer)
	}
	for _, p := range list(t, m, "permissions") {
		say(p, why[p])
	}
	for _, p := range list(t, m, "optional_permissions") {
		say(p, "optional, asked for "+why[p])
	}
	say("Host permissions", "all optional: the two hosts of the portal that somebody adds are asked for then, and no other of the "+strconv.Itoa(len(portalHosts(t, m)))+" in the manifest, two for each Region and family of addresses. One lists accounts and roles and hands out credentials, the other signs in. http://127.0.0.1 is where the page of a sign-in leads, at a port that no browser opens; a network rule leads from there to the extension, and nothing is sent to it")
	return b.String()
}

func writePermissions(t *testing.T, m map[string]any) string {
	t.Helper()
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	table := func(key string) {
		say("| permission | why |\n|---|---|")
		for _, p := range list(t, m, key) {
			if why[p] == "" {
				t.Errorf("nobody says why there is the permission %s", p)
			}
			say("| `%s` | %s |", p, why[p])
		}
		say("")
	}
	say("# What the release may do\n\n<!-- Written by go test ./cmd/pack -run TestThePageOfPermissionsIsTrue -update -->\n")
	say("At install, without a question, and without access to any website:\n")
	table("permissions")
	say("Asked for when it is first needed, and only then:\n")
	table("optional_permissions")
	hosts := portalHosts(t, m)
	slices.Sort(hosts)
	say("Asked for when a portal is added, that portal’s two hosts alone, of these %d:\n\n```text\n%s\n```\n", len(hosts), strings.Join(hosts, "\n"))
	say("With them `http://127.0.0.1/*`, unless one signs in by code: the page on which a sign-in is allowed leads to a port there at which no program can listen, and the browser from there to the extension. Nothing is ever sent there.\n")
	csp, ok := m["content_security_policy"].(map[string]any)
	if !ok {
		t.Fatal("the manifest has no content security policy")
	}
	policy, _ := csp["extension_pages"].(string)
	say("Its pages and its worker are held to this content security policy, which lets no request go anywhere else:\n\n```text")
	for _, directive := range strings.Split(policy, "; ") {
		words := strings.Fields(directive)
		if words[0] == "connect-src" {
			for i, host := range words[2:] {
				words[2+i] = host + "/*"
			}
			slices.Sort(words[2:])
			if !slices.Equal(words[2:], hosts) {
				t.Error("requests can go elsewhere than to the hosts that may be asked for")
			}
			directive = words[0] + " " + words[1] + " and the hosts above"
		}
		say("%s", directive)
	}
	if m["content_scripts"] != nil {
		t.Error("the manifest has content_scripts")
	}
	if fmt.Sprint(m["externally_connectable"]) != "map[ids:[]]" {
		t.Error("others can speak to the extension")
	}
	say("```\n\nNo other extension can speak to it (`externally_connectable` names none), no page of the web can open one of its pages but AWS’s the one that a sign-in leads back to (`web_accessible_resources` has `callback/callback.html` alone, which believes nothing but what a sign-in waits for), and it reads and changes no page (there are no content scripts).")
	return b.String()
}

// writeFirefox says what is otherwise in Firefox; TestFirefoxMayDoNoMore holds that
// nothing else is.
func writeFirefox(t *testing.T, m map[string]any) string {
	t.Helper()
	var asked []string
	for _, p := range list(t, m, "optional_permissions") {
		asked = append(asked, "`"+p+"`")
	}
	return fmt.Sprintf("\n## In Firefox\n\nAt install, for hosts and by the policy it may do the same. Later it can be asked for %s alone: there is no page that nobody sees (`offscreen`), so a copy is not finished without its window, nor is the clipboard cleared. The page of a sign-in leads to a port at which a program could listen; the network rule leads on to the extension before anything is sent. Firefox has no `externally_connectable`; nothing of ours listens to other extensions.\n", strings.Join(asked, ", "))
}
