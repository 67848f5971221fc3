// Package bookmarks plans what becomes of a portal's bookmarks: a folder for the
// portal, one for each account that was bookmarked whole, in them roles and pages of
// the console. From what is wanted, what was made and what is there follow the
// operations that bring these together. Which node is which tells an ID, never a
// title. It calls no browser, and it stores nothing.
//
//	tree := bookmarks.Build(…)
//	for _, op := range bookmarks.Plan(tree, made, present) {
//		carry op out
//		made.Note(op, id)
//	}
//	store made, or now and then before
//
// Whoever carries a plan out may die between any two steps: the next plan takes up
// what was done and not stored, and nothing comes twice.
//
// What a person did with a bookmark stands. One that was renamed keeps that name,
// one that was moved stays where it is, one that was deleted comes back only when it
// is asked for. Only what still is as it was made follows the portal: titles when
// accounts are renamed, links when the portal moves, and a mark before the titles of
// roles that were revoked.
package bookmarks

// Key is what a folder or bookmark is for. The zero Key is the portal's folder.
type Key struct {
	Account string // its ID
	Role    string // "" of an account's folder
	Page    string // a page of the console; "" of a role's own link
}

// portalKey is the portal's folder, which the others are in.
var portalKey = Key{}

// Node is a folder or bookmark that is there, as browsers tell it.
type Node struct {
	ID, Parent string
	Title      string
	URL        string // "" of a folder
}

// Made is what was made for a key, as it was made: the node may have been changed
// since.
type Made struct {
	ID    string
	Title string
	URL   string // "" of a folder
	State State
	Label string // of a page: what it was called when it was bookmarked
}

// State is what is known of something that was made.
type State string

// The states.
const (
	There   State = ""
	Revoked State = "revoked" // the portal does not grant it any more
	Deleted State = "deleted" // by a person, who does not want it
)

// Map is all that was made of a portal. It is what is kept.
type Map map[Key]Made

// Do is what an operation does.
type Do string

// What operations do.
const (
	Create Do = "create" // a folder or, with a URL, a bookmark, in the folder of Parent
	Update Do = "update" // the node's title and URL, each unless it is ""
	Remove Do = "remove" // the node
	None   Do = ""       // nothing but being noted
)

// Op is one operation.
type Op struct {
	Do     Do
	Key    Key
	ID     string // of the node; "" if it is to be created
	Parent Key    // of what is created. The portal's folder has none: it comes to where the browser puts it
	Title  string
	URL    string

	made Made // what is noted
}

// Folder is the ID of the folder in which an operation creates; "" for the portal's
// folder. It is known once the operations before it are noted.
func (m Map) Folder(op Op) string {
	if op.Key == portalKey {
		return ""
	}
	return m[op.Parent].ID
}

// Note notes that an operation was carried out. id is that of the node that was
// created; it is of no matter else.
func (m Map) Note(op Op, id string) {
	if op.Do == Remove {
		delete(m, op.Key)
		return
	}
	made := op.made
	if op.Do == Create {
		made.ID = id
	}
	m[op.Key] = made
}
