package bookmarks

import (
	"portico/internal/console"
	"portico/internal/directory"
	"portico/internal/portal"
)

// Known picks the roles whose links are in the portal's folder already, where nothing
// is kept of what was made: the portal was removed and added again, or they were made
// before there was a map.
func Known(p portal.Portal, d *directory.Directory, folder string, present []Node) (picks []Pick) {
	id := ""
	for i := range present {
		if n := &present[i]; n.URL == "" && n.Title == folder {
			id = n.ID
			break // the one that Plan finds
		}
	}
	links := make(map[string]bool)
	for i := range present {
		if n := &present[i]; n.URL != "" && n.Parent == id {
			links[n.URL] = true
		}
	}
	if id == "" || len(links) == 0 {
		return nil
	}
	for i := range d.Accounts {
		a := &d.Accounts[i]
		for _, role := range a.Roles {
			if links[console.Shortcut(p, directory.Unescape(a.ID), directory.Unescape(role), console.Page{})] {
				picks = append(picks, Pick{Key: Key{Account: a.ID, Role: role}})
			}
		}
	}
	return picks
}
