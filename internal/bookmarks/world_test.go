package bookmarks_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"portico/internal/bookmarks"
	"portico/internal/directory"
	"portico/internal/portal"
)

// browser keeps a tree of bookmarks as browsers do.
type browser struct {
	last  int
	nodes []bookmarks.Node
}

// root is the ID of what all is in, as browsers tell of it: without a title.
const root = "root"

// other is the ID of the folder in which browsers put what names none.
const other = "other"

func newBrowser() *browser {
	return &browser{nodes: []bookmarks.Node{{ID: root}, {ID: other, Parent: root, Title: "Other bookmarks"}}}
}

func (b *browser) create(parent, title, url string) string {
	if parent == "" {
		parent = other
	}
	if b.node(parent) == nil {
		panic("created in a folder that is not there")
	}
	b.last++
	id := strconv.Itoa(b.last)
	b.nodes = append(b.nodes, bookmarks.Node{ID: id, Parent: parent, Title: title, URL: url})
	return id
}

func (b *browser) node(id string) *bookmarks.Node {
	i := slices.IndexFunc(b.nodes, func(n bookmarks.Node) bool { return n.ID == id })
	if i < 0 {
		return nil
	}
	return &b.nodes[i]
}

// remove removes a node with all that is in it.
func (b *browser) remove(id string) {
	b.nodes = slices.DeleteFunc(b.nodes, func(n bookmarks.Node) bool { return n.ID == id })
	for _, n := range slices.Clone(b.nodes) {
		if n.Parent == id {
			b.remove(n.ID)
		}
	}
}

// within tells whether a node is a folder's, however deep, or the folder.
func (b *browser) within(id, folder string) bool {
	for id != folder {
		n := b.node(id)
		if n == nil {
			return false
		}
		id = n.Parent
	}
	return true
}

// titled are the nodes of a title.
func (b *browser) titled(title string) (found []bookmarks.Node) {
	for _, n := range b.nodes {
		if n.Title == title {
			found = append(found, n)
		}
	}
	return found
}

// world is a portal, a browser, and what is kept of its bookmarks.
type world struct {
	browser   *browser
	portal    portal.Portal
	directory *directory.Directory
	style     bookmarks.Style
	kept      string                   // the map, as text
	creates   map[string]bookmarks.Key // by ID
}

const mark = "(revoked) "

func newWorld(accounts ...directory.Account) *world {
	return &world{
		browser:   newBrowser(),
		portal:    portal.Portal{StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"},
		directory: &directory.Directory{Started: 1, Updated: 2, Accounts: accounts},
		style:     bookmarks.Style{Folder: "Portico · acme", Mark: mark},
		kept:      bookmarks.Encode(nil),
		creates:   make(map[string]bookmarks.Key),
	}
}

func account(n int, name string, roles ...string) directory.Account {
	return directory.Account{ID: fmt.Sprintf("%012d", n), Name: name, Roles: roles, State: directory.Done}
}

func (w *world) made() bookmarks.Map {
	m, ok := bookmarks.Decode(w.kept)
	if !ok {
		panic("what is kept is not what was written")
	}
	return m
}

func (w *world) tree(picks ...bookmarks.Pick) bookmarks.Tree {
	return bookmarks.Build(w.portal, w.directory, w.made(), picks, w.style)
}

func (w *world) plan(picks ...bookmarks.Pick) []bookmarks.Op {
	return bookmarks.Plan(w.tree(picks...), w.made(), slices.Clone(w.browser.nodes))
}

// carry carries operations out, and keeps what is noted.
func (w *world) carry(ops []bookmarks.Op) { w.die(ops, 0) }

// die carries operations out and dies. What was noted of the last is not kept.
func (w *world) die(ops []bookmarks.Op, lost int) {
	m := w.made()
	for i, op := range ops {
		if op.URL != "" && !strings.HasPrefix(op.URL, w.portal.StartURL+"/#/console?account_id=") {
			panic("leads elsewhere: " + op.URL)
		}
		id := op.ID
		switch op.Do {
		case bookmarks.Create:
			id = w.browser.create(m.Folder(op), op.Title, op.URL)
			w.creates[id] = op.Key
		case bookmarks.Update:
			n := w.browser.node(op.ID)
			if op.Title != "" {
				n.Title = op.Title
			}
			if op.URL != "" {
				n.URL = op.URL
			}
		case bookmarks.Remove:
			if slices.ContainsFunc(w.browser.nodes, func(n bookmarks.Node) bool { return n.Parent == op.ID }) {
				panic("removes a folder that is not empty")
			}
			w.browser.remove(op.ID)
		}
		if m.Note(op, id); i < len(ops)-lost {
			w.kept = bookmarks.Encode(m)
		}
	}
}

// sync brings the browser to what is wanted, and checks that nothing is left to do.
func (w *world) sync(t interface {
	Helper()
	Errorf(string, ...any)
}, picks ...bookmarks.Pick) {
	t.Helper()
	w.carry(w.plan(picks...))
	if again := w.plan(picks...); len(again) > 0 {
		t.Errorf("synced, but still to do: %+v", again)
	}
	if again := w.plan(); len(again) > 0 {
		t.Errorf("synced, but to do the next time: %+v", again)
	}
}

// node is the node of a key, which must be there.
func (w *world) node(t *testing.T, account int, role string) *bookmarks.Node {
	t.Helper()
	n := w.browser.node(w.made()[key(account, role)].ID)
	if n == nil {
		t.Fatalf("no bookmark of %d %s", account, role)
	}
	return n
}

func key(account int, role string) bookmarks.Key {
	return bookmarks.Key{Account: fmt.Sprintf("%012d", account), Role: role}
}

func pick(account int, role string) bookmarks.Pick {
	return bookmarks.Pick{Key: key(account, role)}
}

func link(account int, role string) string {
	return fmt.Sprintf("https://acme.awsapps.com/start/#/console?account_id=%012d&role_name=%s", account, role)
}
