package bookmarks

import (
	"cmp"
	"slices"
	"strings"

	"portico/internal/console"
	"portico/internal/directory"
	"portico/internal/portal"
)

// Pick is what a person asks to have bookmarked: a role, with Page a page of the
// console in it, or without a role an account with all its roles.
type Pick struct {
	Key
	Label string // what the page is called
}

// Wanted is a folder or bookmark as it should be.
type Wanted struct {
	Key
	Parent Key
	Title  string
	URL    string // "" of a folder
	Label  string // see Made
	Asked  bool   // for it, now: it is made even if it was deleted before
}

// Tree is what there should be of a portal.
type Tree struct {
	Wanted  []Wanted // folders before what is in them
	Revoked []Key    // of what was made: what the portal does not grant any more
	Mark    string   // what comes before the titles of those
}

// Style is how things are called.
type Style struct {
	Folder string // the portal's folder
	Title  Template
	Mark   string // before the titles of what was revoked
}

// Build gives the tree of a portal: what was made already and what is picked now, as
// far as the directory grants it. An account whose folder was made has all its roles.
// Of what the directory does not know for sure nothing is called revoked.
func Build(p portal.Portal, d *directory.Directory, made Map, picks []Pick, style Style) Tree {
	b := builder{portal: p, directory: d, style: style, made: made, names: make(map[string]int), asked: make(map[Key]string), pages: make(map[Key][]Key)}
	for i := range d.Accounts {
		b.names[d.Accounts[i].Name]++
	}
	b.tree.Mark = style.Mark
	if len(made) > 0 || len(picks) > 0 {
		b.want(Wanted{Title: style.Folder})
	}
	accounts := b.take(picks)
	for i := range accounts {
		b.account(&accounts[i])
	}
	for _, key := range sorted(made) {
		if key != portalKey && b.gone(key) {
			b.tree.Revoked = append(b.tree.Revoked, key)
		}
	}
	return b.tree
}

type builder struct {
	portal    portal.Portal
	directory *directory.Directory
	style     Style
	made      Map
	names     map[string]int // how many accounts have it
	asked     map[Key]string // labels, by what is picked
	pages     map[Key][]Key  // of a role, made or picked
	tree      Tree
}

// take takes the picks, and gives the accounts: those of the directory, with what is
// picked of them and not known yet.
func (b *builder) take(picks []Pick) []directory.Account {
	accounts, keys := slices.Clone(b.directory.Accounts), sorted(b.made)
	for _, pick := range picks {
		if _, ever := b.wants(pick.Key); !ever {
			keys = append(keys, pick.Key)
		}
		b.asked[pick.Key] = pick.Label
		if b.gone(pick.Key) {
			continue
		}
		i := slices.IndexFunc(accounts, func(a directory.Account) bool { return a.ID == pick.Account })
		if i < 0 {
			i = len(accounts)
			accounts = append(accounts, directory.Account{ID: pick.Account, Name: pick.Account})
		}
		if a := &accounts[i]; pick.Role != "" && !slices.Contains(a.Roles, pick.Role) {
			a.Roles = append(slices.Clip(a.Roles), pick.Role)
		}
	}
	for _, key := range keys {
		if role := (Key{Account: key.Account, Role: key.Role}); key != role {
			b.pages[role] = append(b.pages[role], key)
		}
	}
	return accounts
}

// gone tells whether the directory is sure that a key is not granted. Its list of
// accounts is whole, once there is one.
func (b *builder) gone(key Key) bool {
	a := b.directory.Find(key.Account)
	if a == nil {
		return b.directory.Started > 0
	}
	return key.Role != "" && a.State == directory.Done && !slices.Contains(a.Roles, key.Role)
}

func (b *builder) want(w Wanted) { b.tree.Wanted = append(b.tree.Wanted, w) }

// wants tells whether a key is asked for, now or ever.
func (b *builder) wants(key Key) (now, ever bool) {
	_, now = b.asked[key]
	_, made := b.made[key]
	return now, now || made
}

// account adds what is wanted of an account.
func (b *builder) account(a *directory.Account) {
	folder := Key{Account: a.ID}
	asked, whole := b.wants(folder)
	whole = asked || whole && b.made[folder].State != Deleted
	parent := portalKey
	if whole {
		parent = folder
		b.want(Wanted{Key: folder, Title: b.accountTitle(a), Asked: asked})
	}
	for _, role := range a.Roles {
		key := Key{Account: a.ID, Role: role}
		now, ever := b.wants(key)
		if ever || whole {
			b.bookmark(Wanted{Key: key, Parent: parent, Title: b.title(a, role), Asked: now || asked})
		}
		for _, page := range b.pages[key] {
			label, now := b.asked[page]
			if !now {
				label = b.made[page].Label
			}
			b.bookmark(Wanted{Key: page, Parent: parent, Title: directory.Escape(label) + " · " + b.title(a, role), Label: label, Asked: now})
		}
	}
}

// bookmark adds a bookmark, if there is a link for it.
func (b *builder) bookmark(w Wanted) {
	page, ok := console.Read(w.Page)
	if !ok && w.Page != "" {
		return
	}
	w.URL = console.Shortcut(b.portal, directory.Unescape(w.Account), directory.Unescape(w.Role), page)
	if w.URL != "" {
		b.want(w)
	}
}

// sorted are the keys of a map in an order of their own: an account's before its
// roles', those before their pages'. Pointers are sorted, since accounts are, too: each
// kind that is costs 4 KB of the worker.
func sorted(m Map) []Key {
	order := make([]*Key, 0, len(m))
	for key := range m {
		order = append(order, &key)
	}
	slices.SortStableFunc(order, func(a, b *Key) int {
		return cmp.Or(strings.Compare(a.Account, b.Account), strings.Compare(a.Role, b.Role), strings.Compare(a.Page, b.Page))
	})
	keys := make([]Key, 0, len(order))
	for _, key := range order {
		keys = append(keys, *key)
	}
	return keys
}
