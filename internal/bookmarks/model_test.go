package bookmarks_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/bookmarks"
	"portico/internal/directory"
)

// model is a world in which anything happens, and what a person did in it.
type model struct {
	*world
	titles  map[string]string      // by ID, given by the person
	parents map[string]string      // by ID
	foreign map[string]bool        // IDs of what Portico did not make
	dropped map[bookmarks.Key]bool // what the person deleted, and did not ask for since
	names   int                    // what was named so far
}

var roles = []string{"Admin", "Power", "ReadOnly"}

func (m *model) fresh(what string) string {
	m.names++
	return fmt.Sprintf("%s %d", what, m.names)
}

// some draws a node below the browser's own folder; nil if there is none.
func (m *model) some(t *rapid.T, ok func(bookmarks.Node) bool) *bookmarks.Node {
	var ids []string
	for _, n := range m.browser.nodes {
		if n.ID != root && n.ID != other && ok(n) {
			ids = append(ids, n.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return m.browser.node(rapid.SampledFrom(ids).Draw(t, "node"))
}

func anything(bookmarks.Node) bool { return true }

func (m *model) drawAccount(t *rapid.T) *directory.Account {
	return &m.directory.Accounts[rapid.IntRange(0, len(m.directory.Accounts)-1).Draw(t, "account")]
}

// picks draws what is asked for.
func (m *model) picks(t *rapid.T) []bookmarks.Pick {
	a := m.drawAccount(t)
	p := bookmarks.Pick{Key: bookmarks.Key{Account: a.ID}}
	if len(a.Roles) > 0 && rapid.Bool().Draw(t, "one role") {
		p.Role = rapid.SampledFrom(a.Roles).Draw(t, "role")
		if rapid.Bool().Draw(t, "a page") {
			p.Page, p.Label = "https://eu-west-1.console.aws.amazon.com/s3/home", "S3"
		}
	}
	for key := range m.dropped {
		if key == p.Key || key.Account == p.Account && p.Role == "" && key.Page == "" || key == (bookmarks.Key{}) {
			delete(m.dropped, key)
		}
	}
	return []bookmarks.Pick{p}
}

// actions are what can happen.
func (m *model) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"sync": func(t *rapid.T) { m.synced(t) },
		"ask":  func(t *rapid.T) { m.synced(t, m.picks(t)...) },
		"die": func(t *rapid.T) {
			picks := m.picks(t)
			ops := m.plan(picks...)
			ops = ops[:rapid.IntRange(0, len(ops)).Draw(t, "after")]
			m.die(ops, rapid.IntRange(0, len(ops)).Draw(t, "lost"))
			m.synced(t, picks...)
		},
		"prune": func(t *rapid.T) {
			stale, nodes := bookmarks.Stale(m.made(), m.browser.nodes)
			for i, key := range stale {
				if a := m.directory.Find(key.Account); a != nil && a.State == directory.Done && (key.Role == "" || slices.Contains(a.Roles, key.Role)) && m.made()[key].State == bookmarks.Revoked {
					continue // granted again, and not synced since
				}
				if n := nodes[i]; n.ID != m.made()[key].ID {
					t.Errorf("%v is not %v", n, key)
				}
			}
			if len(stale) > 0 {
				chosen := []bookmarks.Key{rapid.SampledFrom(stale).Draw(t, "chosen")}
				before := len(m.browser.nodes)
				m.carry(bookmarks.Prune(m.made(), m.browser.nodes, chosen))
				delete(m.dropped, chosen[0]) // if it is granted again, it is made again
				if len(m.browser.nodes) < before-1 {
					t.Errorf("pruned more than was chosen")
				}
			}
			m.synced(t)
		},

		"portal renames": func(t *rapid.T) {
			m.drawAccount(t).Name = rapid.SampledFrom([]string{"one", "two", "three", "four"}).Draw(t, "name")
		},
		"portal grants": func(t *rapid.T) {
			m.drawAccount(t).Roles = slices.Clone(roles[:rapid.IntRange(0, len(roles)).Draw(t, "roles")])
		},
		"portal is silent": func(t *rapid.T) {
			m.drawAccount(t).State = rapid.SampledFrom([]directory.State{directory.Done, directory.Done, directory.Pending, directory.Failed}).Draw(t, "state")
		},
		"portal takes an account": func(t *rapid.T) {
			if i := rapid.IntRange(0, len(m.directory.Accounts)-1).Draw(t, "account"); len(m.directory.Accounts) > 1 {
				m.directory.Accounts = slices.Delete(slices.Clone(m.directory.Accounts), i, i+1)
			}
		},
		"portal gives an account": func(t *rapid.T) {
			if a := account(rapid.IntRange(1, 5).Draw(t, "number"), "five", roles...); m.directory.Find(a.ID) == nil {
				m.directory.Accounts = append(m.directory.Accounts, a)
			}
		},
		"portal moves": func(t *rapid.T) {
			m.portal.StartURL = rapid.SampledFrom([]string{"https://acme.awsapps.com/start", "https://ssoins-1.portal.eu-west-1.app.aws"}).Draw(t, "address")
			m.synced(t)
		},

		"person renames": func(t *rapid.T) {
			if n := m.some(t, anything); n != nil {
				n.Title = m.fresh("mine")
				m.titles[n.ID] = n.Title
			}
		},
		"person moves": func(t *rapid.T) {
			n := m.some(t, anything)
			to := m.some(t, func(f bookmarks.Node) bool { return n != nil && f.URL == "" && !m.browser.within(f.ID, n.ID) })
			if to != nil {
				n.Parent = to.ID
				m.parents[n.ID] = to.ID
			}
		},
		"person deletes": func(t *rapid.T) {
			n := m.some(t, anything)
			if n == nil {
				return
			}
			made := m.made()
			id := n.ID
			for key, of := range made {
				if m.browser.node(of.ID) != nil && m.browser.within(of.ID, id) {
					m.dropped[key] = true
				}
			}
			m.browser.remove(id)
			m.synced(t)
		},
		"person copies": func(t *rapid.T) {
			n := m.some(t, func(n bookmarks.Node) bool { return n.URL != "" })
			to := m.some(t, func(f bookmarks.Node) bool { return f.URL == "" })
			if n != nil && to != nil {
				m.add(to.ID, n.Title, n.URL)
			}
		},
		"person makes": func(t *rapid.T) {
			if to := m.some(t, func(f bookmarks.Node) bool { return f.URL == "" }); to != nil && rapid.Bool().Draw(t, "there") {
				m.add(to.ID, m.fresh("folder"), "")
			} else {
				m.add(other, m.fresh("folder"), "")
			}
		},
	}
}

func (m *model) add(parent, title, url string) {
	m.foreign[m.browser.create(parent, title, url)] = true
}

// synced syncs, and checks what came of it.
func (m *model) synced(t *rapid.T, picks ...bookmarks.Pick) {
	before := slices.Clone(m.browser.nodes)
	known := maps.Clone(m.creates)
	m.sync(t, picks...)
	made := m.made()

	owners := make(map[string]bookmarks.Key)
	for key, of := range made {
		if other, twice := owners[of.ID]; twice {
			t.Errorf("%v and %v have one node", key, other)
		}
		owners[of.ID] = key
	}
	there := make(map[bookmarks.Key]int)
	for id, key := range m.creates {
		if m.browser.node(id) == nil {
			continue
		}
		if there[key]++; there[key] > 1 {
			t.Errorf("%v is there twice", key)
		}
		if known[id] == (bookmarks.Key{}) && m.dropped[key] && key != (bookmarks.Key{}) {
			t.Errorf("%v was deleted, and came back", key)
		}
	}
	for _, n := range m.browser.nodes {
		if title, ok := m.titles[n.ID]; ok && n.Title != title {
			t.Errorf("%q was renamed to %q", title, n.Title)
		}
		if parent, ok := m.parents[n.ID]; ok && n.Parent != parent {
			t.Errorf("%q was moved back", n.Title)
		}
		if _, owned := owners[n.ID]; m.foreign[n.ID] && !owned && !slices.Contains(before, n) {
			t.Errorf("%q is a person's, and was changed", n.Title)
		}
	}
	for key, of := range made {
		m.check(t, key, of)
	}
}

// check checks a bookmark that Portico made, and nobody touched.
func (m *model) check(t *rapid.T, key bookmarks.Key, of bookmarks.Made) {
	a := m.directory.Find(key.Account)
	granted := a != nil && (key.Role == "" || slices.Contains(a.Roles, key.Role))
	sure := a == nil || a.State == directory.Done
	n := m.browser.node(of.ID)
	if n == nil {
		if of.State == bookmarks.There && (granted || sure) {
			t.Errorf("%v is not there, and taken to be", key)
		}
		return
	}
	if key == (bookmarks.Key{}) || m.foreign[n.ID] {
		return
	}
	if sure && granted == (of.State == bookmarks.Revoked) {
		t.Errorf("%v is %q", key, of.State)
	}
	if _, renamed := m.titles[n.ID]; renamed {
		return
	}
	if !granted {
		if sure && !strings.HasPrefix(n.Title, mark) {
			t.Errorf("%q is revoked, and not marked", n.Title)
		}
		return
	}
	want, others := a.Name, 0
	for _, b := range m.directory.Accounts {
		if b.Name == a.Name {
			others++
		}
	}
	if others > 1 {
		want += " (" + a.ID + ")"
	}
	if key.Role != "" {
		want += " · " + key.Role
	}
	if key.Page != "" {
		want = "S3 · " + want
	}
	if n.Title != want {
		t.Errorf("%q should be %q", n.Title, want)
	}
	if key.Role != "" && !strings.HasPrefix(n.URL, m.portal.StartURL+"/#/console?account_id="+a.ID+"&role_name="+key.Role) {
		t.Errorf("%q leads to %s", n.Title, n.URL)
	}
}

// Whatever happens, in whatever order.
func TestBookmarksWhateverHappens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{world: newWorld(account(1, "one", roles...), account(2, "two", roles...), account(3, "two", roles...)),
			titles: make(map[string]string), parents: make(map[string]string), foreign: make(map[string]bool), dropped: make(map[bookmarks.Key]bool)}
		t.Repeat(m.actions())
	})
}
