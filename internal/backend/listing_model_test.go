package backend_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// happening is what people, the portal, the browser, the disk and clocks do to a
// listing; n is whatever a history says.
type happening struct {
	name string
	do   func(m *listingModel, n int)
}

// grant is a role in an account.
type grant struct{ account, role string }

// listingModel is a world, and what must be of it in the directory.
type listingModel struct {
	*world
	complete map[grant]bool // what the last complete listing that was seen had
	updated  int64          // when that was
	taken    map[grant]bool // what the portal took away at any time
	named    int            // how many names were given
}

var simulatedFaults = []portaltest.Fault{
	portaltest.FaultServerError, portaltest.FaultUnavailable, portaltest.FaultTimeout, portaltest.FaultReset, portaltest.FaultHTML,
	portaltest.FaultTruncated, portaltest.FaultThrottle, portaltest.FaultForbidden, portaltest.FaultGateway, portaltest.FaultMissing, portaltest.FaultEndless,
}

// organisation changes what the portal grants, and notes what it takes away.
func (m *listingModel) organisation(change func(accounts []portaltest.Account) []portaltest.Account) {
	before := granted(m.portal.Directory())
	m.portal.SetDirectory(change(m.portal.Directory()))
	now := granted(m.portal.Directory())
	for g := range before {
		if !now[g] {
			m.taken[g] = true
		}
	}
}

func granted(accounts []portaltest.Account) map[grant]bool {
	all := map[grant]bool{}
	for _, a := range accounts {
		for _, role := range a.Roles {
			all[grant{a.ID, role}] = true
		}
	}
	return all
}

func (m *listingModel) name() string {
	m.named++
	return fmt.Sprintf("made-%d", m.named)
}

var happenings = []happening{
	{"refresh", func(m *listingModel, _ int) { m.try(message.SyncStart, ref()) }},
	{"refresh", func(m *listingModel, _ int) { m.try(message.SyncStart, ref()) }},
	{"retry", func(m *listingModel, _ int) { m.try(message.SyncRetry, ref()) }},
	{"open the popup", func(m *listingModel, _ int) { m.try(message.Wake, nil) }},
	{"the alarm", func(m *listingModel, _ int) { m.life.backend.Alarm(m.life.ctx) }},
	{"search", func(m *listingModel, n int) {
		ids := "gone\n"
		for i, a := range m.stored().Accounts {
			if i%7 == n%7 {
				ids += a.ID + "\n"
			}
		}
		m.try(message.SyncAhead, message.Ahead{Portal: startURL, Accounts: ids}.Fields())
	}},
	{"copy", func(m *listingModel, _ int) {
		if len(m.portal.Directory()) > 0 && len(m.portal.Directory()[0].Roles) > 0 {
			m.try(message.CredentialsCopy, m.order().Fields())
		}
	}},
	{"kill", func(m *listingModel, _ int) { m.kill() }},
	{"kill at a write", func(m *listingModel, n int) { m.killAtWrite(1+n%6, n%2 == 0) }},
	{"kill at a write", func(m *listingModel, n int) { m.killAtWrite(1+n%40, n%2 == 0) }},
	{"moments", func(_ *listingModel, n int) { time.Sleep(time.Duration(n) * 20 * time.Millisecond) }},
	{"seconds", func(_ *listingModel, n int) { time.Sleep(time.Duration(n) * 200 * time.Millisecond) }},
	{"minutes", func(_ *listingModel, n int) { time.Sleep(time.Duration(n) * 5 * time.Second) }},
	{"hours", func(_ *listingModel, n int) { time.Sleep(time.Duration(n) * 4 * time.Minute) }},
	{"clock ahead", func(m *listingModel, n int) { m.set(func() { m.ahead += time.Duration(n) * 10 * time.Minute }) }},
	{"clock back", func(m *listingModel, n int) { m.set(func() { m.ahead -= time.Duration(n) * 10 * time.Minute }) }},
	{"offline", func(m *listingModel, _ int) { m.net.setOffline(true) }},
	{"online", func(m *listingModel, _ int) { m.net.setOffline(false) }},
	{"faults", func(m *listingModel, n int) {
		m.portal.SetFaults(portaltest.FaultRule{
			Operation: []string{"ListAccounts", "ListAccountRoles"}[n%2], Fault: simulatedFaults[n%len(simulatedFaults)],
			From: n % 5, Count: []int{0, 1, 3, 20}[n%4],
		})
	}},
	{"no faults", func(m *listingModel, _ int) { m.portal.SetFaults() }},
	{"another quota", func(m *listingModel, n int) {
		m.portal.SetQuota([]portaltest.Quota{portaltest.TokenBucket, portaltest.FixedWindow}[n%2], []float64{2, 5, 20, 50, -1}[n%5])
	}},
	{"the session ends", func(m *listingModel, _ int) { m.portal.ExpireTokens() }},
	{"the disk is full", func(m *listingModel, _ int) {
		m.set(func() {
			m.disk = func(_ int, key string) error {
				if onDisk(key) || strings.HasPrefix(key, "changes:") {
					return errDisk
				}
				return nil
			}
		})
	}},
	{"the disk has room", func(m *listingModel, _ int) { m.set(func() { m.disk = nil }) }},
	{"an account is new", func(m *listingModel, n int) {
		m.organisation(func(accounts []portaltest.Account) []portaltest.Account {
			a := portaltest.Account{ID: fmt.Sprintf("9%011d", m.named), Name: m.name(), Roles: []string{"ReadOnly"}}
			return slices.Insert(accounts, n%(len(accounts)+1), a)
		})
	}},
	{"an account is gone", func(m *listingModel, n int) {
		m.organisation(func(accounts []portaltest.Account) []portaltest.Account {
			if len(accounts) < 2 {
				return accounts
			}
			i := n % len(accounts)
			return slices.Delete(accounts, i, i+1)
		})
	}},
	{"an account is renamed", func(m *listingModel, n int) {
		m.organisation(func(accounts []portaltest.Account) []portaltest.Account {
			accounts[n%len(accounts)].Name = m.name()
			return accounts
		})
	}},
	{"a role is new", func(m *listingModel, n int) {
		m.organisation(func(accounts []portaltest.Account) []portaltest.Account {
			a := &accounts[n%len(accounts)]
			a.Roles = append(a.Roles, m.name())
			return accounts
		})
	}},
	{"a role is gone", func(m *listingModel, n int) {
		m.organisation(func(accounts []portaltest.Account) []portaltest.Account {
			if a := &accounts[n%len(accounts)]; len(a.Roles) > 1 {
				a.Roles = a.Roles[1:]
			}
			return accounts
		})
	}},
	{"a part is damaged", func(m *listingModel, n int) {
		key := message.PartKey(startURL, n%2)
		if text := m.local.get(key); text != "" {
			m.set(func() { m.local.data[key] = text[:len(text)/2] })
			m.complete = nil // what was in it is known to be lost
		}
	}},
}

// wrong says what must never be, whatever happened: that what was listed completely is
// not there, though the portal never took it away.
func (m *listingModel) wrong() string {
	d := m.stored()
	has := rowsOf(d)
	for g := range m.complete {
		if !has[g] && !m.taken[g] {
			return fmt.Sprintf("%v was listed, and is lost", g)
		}
	}
	if d.Updated != m.updated && d.Began == d.Started && d.Count(directory.Pending) == 0 {
		m.complete, m.updated = has, d.Updated
	}
	return ""
}

// stored is the directory as it is read, also where a part is damaged.
func (m *listingModel) stored() *directory.Directory {
	kept := directory.Stored{Head: m.local.get(message.DirectoryPrefix + startURL)}
	for i := range directory.MostParts {
		kept.Parts = append(kept.Parts, m.local.get(message.PartKey(startURL, i)))
	}
	d, _, err := directory.Load(kept)
	if err != nil {
		return &directory.Directory{}
	}
	return d
}

func rowsOf(d *directory.Directory) map[grant]bool {
	has := map[grant]bool{}
	for i := range d.Accounts {
		for _, role := range d.Accounts[i].Roles {
			has[grant{d.Accounts[i].ID, role}] = true
		}
	}
	return has
}

// heal has everything be well, and a person refresh the list; it says what is wrong
// with that in the end.
func (m *listingModel) heal() string {
	m.net.setOffline(false)
	m.portal.SetFaults()
	m.portal.SetQuota(portaltest.TokenBucket, 20)
	m.set(func() { m.disk, m.ahead, m.killAt = nil, 0, 0 })
	if m.dead() {
		m.begin()
	}
	m.try(message.Wake, nil)
	for range 2 { // the first of them may be one that went on
		m.try(message.SyncStart, ref())
		if stuck := m.stuckBefore(func() bool { return !pending(m.secretState()) }); stuck != "" {
			return stuck
		}
	}
	d := m.directory()
	names := map[string]string{}
	for _, a := range m.portal.Directory() {
		names[a.ID] = a.Name
	}
	for i := range d.Accounts {
		if a := &d.Accounts[i]; names[a.ID] != a.Name || a.State != directory.Done {
			return fmt.Sprintf("account %+v, which the portal calls %q", a, names[a.ID])
		}
	}
	if has, want := rowsOf(d), granted(m.portal.Directory()); !maps.Equal(has, want) || len(d.Accounts) != len(names) {
		return fmt.Sprintf("%d accounts with %v, want %d with %v", len(d.Accounts), has, len(names), want)
	}
	return m.wrong()
}

// Whatever happens to listings in whatever order, nothing that a complete one had is
// lost but what the portal took away, and in the end the directory is the portal's.
func TestListingsSurviveWhateverHappens(t *testing.T) {
	const runs = 1000 // at least
	for n := 0; n < runs; n += 100 {
		rapid.Check(t, func(r *rapid.T) {
			config := portaltest.Config{Accounts: rapid.IntRange(1, 40).Draw(r, "accounts"), Roles: 2, Latency: 50 * time.Millisecond}
			history := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) [2]int {
				return [2]int{rapid.IntRange(0, len(happenings)-1).Draw(r, "what"), rapid.IntRange(0, 99).Draw(r, "n")}
			}), 1, 25).Draw(r, "history")
			fault := "" // said outside of the bubble
			inWorld(t, config, func(w *world) {
				m := &listingModel{world: w, taken: map[grant]bool{}}
				w.signIn()
				for i, h := range history {
					if w.dead() {
						w.begin()
						w.try(message.Wake, nil)
					}
					happenings[h[0]].do(m, h[1])
					synctest.Wait()
					if wrong := m.wrong(); wrong != "" {
						fault = fmt.Sprintf("after %s: %s", told(history[:i+1]), wrong)
						return
					}
				}
				if wrong := m.heal(); wrong != "" {
					fault = fmt.Sprintf("after %s: in the end %s; status %+v", told(history), wrong, w.status())
				}
			})
			if fault != "" {
				r.Fatal(fault)
			}
		})
	}
}

func told(history [][2]int) string {
	var names []string
	for _, h := range history {
		names = append(names, fmt.Sprintf("%s %d", happenings[h[0]].name, h[1]))
	}
	return strings.Join(names, ", ")
}
