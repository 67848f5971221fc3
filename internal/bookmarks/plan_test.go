package bookmarks_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"portico/internal/bookmarks"
	"portico/internal/directory"
)

// outline writes the tree of a browser, for people.
func outline(b *browser) string {
	var write func(parent, indent string) string
	write = func(parent, indent string) (all string) {
		for _, n := range b.nodes {
			if n.Parent != parent {
				continue
			}
			all += indent + n.Title
			if n.URL != "" {
				all += " -> " + strings.TrimPrefix(n.URL, "https://acme.awsapps.com/start/#/console?")
			}
			all += "\n" + write(n.ID, indent+"  ")
		}
		return all
	}
	return write(other, "")
}

func wantOutline(t *testing.T, w *world, want string) {
	t.Helper()
	if got := outline(w.browser); got != strings.TrimPrefix(want, "\n") {
		t.Errorf("got\n%swant%s", got, want)
	}
}

func TestRolesAndWholeAccountsAreBookmarked(t *testing.T) {
	w := newWorld(account(1, "payments-prod", "Admin", "ReadOnly"), account(2, "data-dev", "Admin", "ReadOnly"), account(3, "data-dev", "ReadOnly"))
	if ops := w.plan(); len(ops) > 0 {
		t.Errorf("of nothing that is wanted: %+v", ops)
	}
	w.sync(t, pick(1, "ReadOnly"), pick(2, ""),
		bookmarks.Pick{Key: bookmarks.Key{Account: "000000000001", Role: "Admin", Page: "https://111122223333-0abc.eu-west-1.console.aws.amazon.com/s3/home"}, Label: "Buckets\u202e"})
	want := `
Portico · acme
  Buckets\u{202e} · payments-prod · Admin -> account_id=000000000001&role_name=Admin&destination=https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fs3%2Fhome
  payments-prod · ReadOnly -> account_id=000000000001&role_name=ReadOnly
  data-dev (000000000002)
    data-dev (000000000002) · Admin -> account_id=000000000002&role_name=Admin
    data-dev (000000000002) · ReadOnly -> account_id=000000000002&role_name=ReadOnly
`
	wantOutline(t, w, want)

	// An account that is bookmarked whole has the roles that come; what was there
	// stays where it is.
	w.directory.Accounts[1].Roles = []string{"Admin", "Power", "ReadOnly"}
	w.sync(t)
	wantOutline(t, w, want+"    data-dev (000000000002) · Power -> account_id=000000000002&role_name=Power\n")
	w.sync(t, pick(1, ""))
	if n := w.node(t, 1, "ReadOnly"); n.Parent != w.browser.titled("Portico · acme")[0].ID {
		t.Errorf("%q was moved", n.Title)
	}
	if n := w.node(t, 1, "Admin"); n.Parent != w.browser.titled("payments-prod")[0].ID {
		t.Errorf("%q is not in its account's folder", n.Title)
	}
}

func TestWhatAPersonDidStands(t *testing.T) {
	w := newWorld(account(1, "one", "A", "B", "C", "D"), account(2, "two", "A"))
	w.sync(t, pick(1, ""), pick(2, "A"))
	mine := w.browser.create("", "mine", "")
	renamed, moved, deleted := w.node(t, 1, "A").ID, w.node(t, 1, "B").ID, w.node(t, 1, "C").ID
	w.browser.node(renamed).Title = "my own"
	w.browser.node(moved).Parent = mine
	w.browser.remove(deleted)
	w.node(t, 2, "A").URL = "https://mine.example/"
	w.sync(t)

	w.directory.Accounts[0].Name = "uno"
	w.portal.StartURL = "https://acme2.awsapps.com/start"
	w.style.Folder = "Portico · acme2"
	w.sync(t)
	for _, test := range []struct {
		id, parent, title, url string
	}{
		{renamed, w.browser.titled("uno")[0].ID, "my own", strings.Replace(link(1, "A"), "acme", "acme2", 1)},
		{moved, mine, "uno · B", strings.Replace(link(1, "B"), "acme", "acme2", 1)},
		{w.node(t, 1, "D").ID, w.browser.titled("uno")[0].ID, "uno · D", strings.Replace(link(1, "D"), "acme", "acme2", 1)},
		{w.node(t, 2, "A").ID, w.browser.titled("Portico · acme2")[0].ID, "two · A", "https://mine.example/"},
	} {
		if n := w.browser.node(test.id); *n != (bookmarks.Node{ID: test.id, Parent: test.parent, Title: test.title, URL: test.url}) {
			t.Errorf("%+v, want %+v", *n, test)
		}
	}
	if w.browser.node(deleted) != nil || w.made()[key(1, "C")].State != bookmarks.Deleted {
		t.Error("what was deleted came back")
	}
	w.sync(t, pick(1, "C"))
	if n := w.node(t, 1, "C"); n.Title != "uno · C" {
		t.Errorf("asked for again, it is %+v", n)
	}

	// A name that was taken back is Portico's again.
	w.browser.node(renamed).Title = "uno · A"
	w.sync(t)
	w.directory.Accounts[0].Name = "one"
	w.sync(t)
	if n := w.node(t, 1, "A"); n.Title != "one · A" {
		t.Errorf("%+v", n)
	}
}

func TestADeletedFolderStaysAway(t *testing.T) {
	w := newWorld(account(1, "one", "A", "B"), account(2, "two", "A"))
	w.sync(t, pick(1, ""), pick(2, ""))
	w.browser.remove(w.browser.titled("one")[0].ID)
	w.directory.Accounts[0].Roles = []string{"A", "B", "C"} // not made either
	w.sync(t)
	wantOutline(t, w, `
Portico · acme
  two
    two · A -> account_id=000000000002&role_name=A
`)
	w.browser.remove(w.browser.titled("Portico · acme")[0].ID)
	w.sync(t)
	wantOutline(t, w, "\n")
	// One role asked for brings back what it is in, and no more.
	w.sync(t, pick(1, "B"))
	wantOutline(t, w, `
Portico · acme
  one · B -> account_id=000000000001&role_name=B
`)
	w.sync(t, pick(1, ""))
	wantOutline(t, w, `
Portico · acme
  one · B -> account_id=000000000001&role_name=B
  one
    one · A -> account_id=000000000001&role_name=A
    one · C -> account_id=000000000001&role_name=C
`)
}

func TestRevokedRolesAreMarkedAndPruned(t *testing.T) {
	w := newWorld(account(1, "one", "A", "B", "C"), account(2, "two", "A"), account(3, "three", "A"))
	w.sync(t, pick(1, ""), pick(2, ""), pick(3, "A"))
	w.node(t, 1, "B").Title = "my own"
	w.directory.Accounts[0].Roles = []string{"C"}
	w.directory.Accounts = w.directory.Accounts[:1]
	w.sync(t)
	wantOutline(t, w, `
Portico · acme
  one
    (revoked) one · A -> account_id=000000000001&role_name=A
    my own -> account_id=000000000001&role_name=B
    one · C -> account_id=000000000001&role_name=C
  (revoked) two
    (revoked) two · A -> account_id=000000000002&role_name=A
  (revoked) three · A -> account_id=000000000003&role_name=A
`)
	stale, nodes := bookmarks.Stale(w.made(), w.browser.nodes)
	if want := []bookmarks.Key{key(1, "A"), key(1, "B"), key(2, ""), key(2, "A"), key(3, "A")}; !slices.Equal(stale, want) || nodes[1].Title != "my own" {
		t.Errorf("stale are %v, %v", stale, nodes)
	}
	// What is granted again is not stale any more, even if it was chosen.
	w.directory.Accounts = append(w.directory.Accounts, account(3, "three", "A"))
	w.sync(t)
	w.browser.create(w.browser.titled("(revoked) two")[0].ID, "mine", "https://mine.example/")
	w.carry(bookmarks.Prune(w.made(), w.browser.nodes, stale))
	wantOutline(t, w, `
Portico · acme
  one
    one · C -> account_id=000000000001&role_name=C
  (revoked) two
    mine -> https://mine.example/
  three · A -> account_id=000000000003&role_name=A
`)
	// With all that is in it, a folder goes.
	w.browser.remove(w.browser.titled("mine")[0].ID)
	w.sync(t, pick(1, ""))
	w.directory.Accounts = w.directory.Accounts[1:]
	w.sync(t)
	stale, _ = bookmarks.Stale(w.made(), w.browser.nodes)
	w.carry(bookmarks.Prune(w.made(), w.browser.nodes, stale))
	w.sync(t)
	wantOutline(t, w, `
Portico · acme
  three · A -> account_id=000000000003&role_name=A
`)
}

// A mark that was made and not noted is known as one, and taken off again.
func TestAMarkGoesWhenTheRoleIsGrantedAgain(t *testing.T) {
	w := newWorld(account(1, "one", "A"))
	w.sync(t, pick(1, "A"))
	w.directory.Accounts[0].Roles = nil
	w.die(w.plan(), 1)
	w.sync(t)
	if n := w.node(t, 1, "A"); n.Title != mark+"one · A" {
		t.Errorf("revoked, it is %q", n.Title)
	}
	w.directory.Accounts[0].Roles = []string{"A"}
	w.sync(t)
	if n := w.node(t, 1, "A"); n.Title != "one · A" {
		t.Errorf("granted again, it is %q", n.Title)
	}
}

// Only what is known for sure is called revoked.
func TestNothingIsRevokedOnAGuess(t *testing.T) {
	for name, change := range map[string]func(w *world){
		"the roles are being listed":    func(w *world) { w.directory.Accounts[0].Roles, w.directory.Accounts[0].State = nil, directory.Pending },
		"the roles could not be listed": func(w *world) { w.directory.Accounts[0].Roles, w.directory.Accounts[0].State = nil, directory.Failed },
		"the list was forgotten":        func(w *world) { *w.directory = directory.Directory{} },
	} {
		w := newWorld(account(1, "one", "A"), account(2, "two", "A"))
		w.sync(t, pick(1, ""), pick(2, "A"))
		before := outline(w.browser)
		change(w)
		w.sync(t)
		if got := outline(w.browser); got != before {
			t.Errorf("%s: got\n%swant\n%s", name, got, before)
		}
	}
}

// A role that is not listed yet, or of an account that is not, can be bookmarked.
func TestWhatIsNotListedYetIsBookmarked(t *testing.T) {
	w := newWorld()
	w.directory.Started, w.directory.Updated = 0, 0
	w.sync(t, pick(7, "A"))
	wantOutline(t, w, `
Portico · acme
  000000000007 · A -> account_id=000000000007&role_name=A
`)
	*w.directory = directory.Directory{Started: 1, Accounts: []directory.Account{account(7, "seven", "A")}}
	w.sync(t)
	if n := w.node(t, 7, "A"); n.Title != "seven · A" {
		t.Errorf("listed, it is %+v", n)
	}
	// What the portal does not grant is not bookmarked.
	if ops := w.plan(pick(7, "B"), pick(8, "A")); len(ops) > 0 {
		t.Errorf("%+v", ops)
	}
}

// The map is lost, or was never there: earlier versions kept none. What is there is
// taken up, but nothing that is a person's.
func TestWithoutAMapNothingComesTwice(t *testing.T) {
	w := newWorld(account(1, "one", "A", "B"), account(2, "two", "A"))
	w.browser.create("", "one", "")
	w.browser.create("", "copy elsewhere", link(2, "A"))
	picks := []bookmarks.Pick{pick(1, ""), pick(2, "A")}
	w.sync(t, picks...)
	w.node(t, 1, "B").Title = "my own"
	w.kept = bookmarks.Encode(nil)
	w.sync(t, picks...)
	wantOutline(t, w, `
one
copy elsewhere -> account_id=000000000002&role_name=A
Portico · acme
  one
    one · A -> account_id=000000000001&role_name=A
    my own -> account_id=000000000001&role_name=B
  two · A -> account_id=000000000002&role_name=A
`)
	w.directory.Accounts[0].Name = "uno"
	w.sync(t)
	if a, b := w.node(t, 1, "A"), w.node(t, 1, "B"); a.Title != "uno · A" || b.Title != "my own" {
		t.Errorf("%q, %q", a.Title, b.Title)
	}
}

// All comes back from a backup, under other IDs, after the portal has moved and
// accounts were renamed.
func TestWhatComesBackFromABackupIsTakenUp(t *testing.T) {
	w := newWorld(account(1, "one", "A", "B"), account(2, "two", "A"))
	w.sync(t, pick(1, ""), pick(2, "A"))
	for i := range w.browser.nodes {
		if n := &w.browser.nodes[i]; n.ID != other {
			n.ID += "b"
			if n.Parent != other {
				n.Parent += "b"
			}
		}
	}
	w.portal.StartURL = "https://acme2.awsapps.com/start"
	w.directory.Accounts[0].Name = "uno"
	w.sync(t)
	wantOutline(t, w, `
Portico · acme
  uno
    uno · A -> https://acme2.awsapps.com/start/#/console?account_id=000000000001&role_name=A
    uno · B -> https://acme2.awsapps.com/start/#/console?account_id=000000000001&role_name=B
  two · A -> https://acme2.awsapps.com/start/#/console?account_id=000000000002&role_name=A
`)
}

// A browser that numbers its nodes anew may give an ID to another kind of node.
func TestAnIDThatIsAnothersIsNotBelieved(t *testing.T) {
	w := newWorld(account(1, "one", "A"))
	w.sync(t, pick(1, "A"))
	id := w.node(t, 1, "A").ID
	w.browser.remove(id)
	w.browser.nodes = append(w.browser.nodes, bookmarks.Node{ID: id, Parent: other, Title: "one · A"})
	w.directory.Accounts[0].Name = "uno"
	w.sync(t)
	if n := w.browser.node(id); n.Title != "one · A" || w.made()[key(1, "A")].State != bookmarks.Deleted {
		t.Errorf("a folder is taken for a bookmark: %+v", n)
	}
}

// Accounts may be renamed to what others were called: none takes another's folder.
func TestAccountsThatSwapNamesKeepTheirFolders(t *testing.T) {
	w := newWorld(account(1, "one", "A"), account(2, "two", "A"))
	w.sync(t, pick(1, ""))
	w.directory.Accounts[0].Name, w.directory.Accounts[1].Name = "two", "one"
	w.sync(t, pick(2, ""))
	wantOutline(t, w, `
Portico · acme
  two
    two · A -> account_id=000000000001&role_name=A
  one
    one · A -> account_id=000000000002&role_name=A
`)
}

// Sixty bookmarks are made, renamed, moved, revoked and synced again, by a program
// that dies after each of its operations in turn.
func TestSixtyBookmarks(t *testing.T) {
	for _, dying := range []bool{false, true} {
		var accounts []directory.Account
		var picks []bookmarks.Pick
		for n := 1; n <= 20; n++ {
			accounts = append(accounts, account(n, fmt.Sprintf("account-%d", n), "Admin", "Power", "ReadOnly"))
			picks = append(picks, pick(n, ""))
		}
		w := newWorld(accounts...)
		sync := func(picks ...bookmarks.Pick) {
			t.Helper()
			for dying {
				ops := w.plan(picks...)
				if len(ops) == 0 {
					break
				}
				w.die(ops[:1], 1) // done, and not noted
				w.carry(w.plan(picks...)[:1])
			}
			w.sync(t, picks...)
		}
		sync(picks...)
		bookmarked := func() (n int) {
			for _, node := range w.browser.nodes {
				if node.URL != "" {
					n++
				}
			}
			return n
		}
		if bookmarked() != 60 || len(w.browser.nodes) != 60+20+3 {
			t.Fatalf("%d bookmarks, %d nodes", bookmarked(), len(w.browser.nodes))
		}
		mine := w.browser.create("", "mine", "")
		for n := 1; n <= 20; n++ {
			switch n % 4 {
			case 0:
				w.node(t, n, "Admin").Title = fmt.Sprintf("my %d", n)
			case 1:
				w.node(t, n, "Power").Parent = mine
			case 2:
				w.directory.Accounts[n-1].Name = fmt.Sprintf("renamed-%d", n)
			case 3:
				w.directory.Accounts[n-1].Roles = []string{"Admin", "Power"}
			}
		}
		sync()
		if bookmarked() != 60 {
			t.Errorf("%d bookmarks", bookmarked())
		}
		for n := 1; n <= 20; n++ {
			name := fmt.Sprintf("account-%d", n)
			if n%4 == 2 {
				name = fmt.Sprintf("renamed-%d", n)
			}
			admin, power, read, folder := w.node(t, n, "Admin"), w.node(t, n, "Power"), w.node(t, n, "ReadOnly"), w.node(t, n, "")
			wants := map[*bookmarks.Node]string{admin: name + " · Admin", power: name + " · Power", read: name + " · ReadOnly", folder: name}
			if n%4 == 0 {
				wants[admin] = fmt.Sprintf("my %d", n)
			}
			if n%4 == 3 {
				wants[read] = mark + name + " · ReadOnly"
			}
			for node, title := range wants {
				if node.Title != title {
					t.Errorf("%q, want %q", node.Title, title)
				}
			}
			if (power.Parent == mine) != (n%4 == 1) || admin.Parent != folder.ID {
				t.Errorf("%q is in %q", power.Title, power.Parent)
			}
		}
		stale, _ := bookmarks.Stale(w.made(), w.browser.nodes)
		w.carry(bookmarks.Prune(w.made(), w.browser.nodes, stale))
		sync()
		if len(stale) != 5 || bookmarked() != 55 {
			t.Errorf("%d were stale, %d bookmarks stay", len(stale), bookmarked())
		}
	}
}
