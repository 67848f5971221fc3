package backend_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"portico/internal/backend"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// onDisk tells whether a key is of a directory.
func onDisk(key string) bool {
	return strings.HasPrefix(key, message.DirectoryPrefix) || strings.HasPrefix(key, message.PartPrefix)
}

// A listing writes what it learnt: in all, of a thousand accounts, no more than three
// times what is kept in the end, all keys of the disk counted.
func TestAListingWritesWhatItLearnt(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 1000, Latency: 100 * time.Millisecond}, func(w *world) {
		w.ready()
		written, heads := 0, 0
		for _, entry := range w.local.history() {
			written += len(entry.key) + len(entry.value)
			if strings.HasPrefix(entry.key, message.DirectoryPrefix) {
				heads++
			}
		}
		kept := len(directory.Encode(w.directory()))
		t.Logf("%d bytes are written in %d saves, %.2f times the %d of the snapshot", written, heads, float64(written)/float64(kept), kept)
		if written > 3*kept || heads < 40 {
			t.Errorf("%d bytes are written in %d saves, the snapshot has %d", written, heads, kept)
		}
	})
}

// A listing that finds nothing new changes nothing on the disk but its stamp.
func TestAListingWithoutNewsWritesItsStampAlone(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 120}, func(w *world) {
		w.ready()
		before, dump := len(w.local.history()), w.local.dump()
		time.Sleep(time.Hour)
		w.ok(message.SyncStart, ref())
		w.listed()
		for _, entry := range w.local.history()[before:] {
			if entry.key != message.DirectoryPrefix+startURL || len(entry.value) > 300 {
				t.Errorf("%d bytes are written to %s", len(entry.value), entry.key)
			}
		}
		stamp := w.local.get(message.DirectoryPrefix + startURL)
		if now := w.local.dump(); now == dump || strings.Count(now, "\n") != strings.Count(dump, "\n") || !strings.Contains(now, stamp) {
			t.Errorf("%s became %s", dump, now)
		}
		if n := w.status().Notice; n != "" {
			t.Errorf("told %q", n)
		}
	})
}

// reassign changes what the portal grants.
func (w *world) reassign(change func(accounts []portaltest.Account) []portaltest.Account) {
	w.portal.SetDirectory(change(w.portal.Directory()))
}

// What a listing finds otherwise is told once it is complete, also by another worker
// than began it, and is kept to be looked at.
func TestWhatChangedIsTold(t *testing.T) {
	for _, killed := range []bool{false, true} {
		inWorld(t, portaltest.Config{Accounts: 90, Roles: 2}, func(w *world) {
			w.ready()
			if s := w.status(); s.Notice != "" || w.local.get("changes:"+startURL) != "" {
				t.Errorf("after the first listing: %q", s.Notice)
			}
			w.reassign(func(accounts []portaltest.Account) []portaltest.Account {
				accounts[0].Roles = append(accounts[0].Roles, "Auditor", "Tester")
				accounts[40].Roles = accounts[40].Roles[:1]
				accounts[41].Roles[0] = "Auditor"
				return accounts
			})
			w.ok(message.SyncStart, ref())
			if killed {
				time.Sleep(1500 * time.Millisecond)
				w.restart()
				w.life.backend.Alarm(w.life.ctx)
			}
			w.listed()
			if n := w.status().Notice; n != "Since the last listing: 3 roles new, 2 gone. The settings show which." {
				t.Errorf("told %q", n)
			}
			changes := directory.ParseChanges(w.local.get("changes:" + startURL))
			if changes.New != 3 || changes.Gone != 2 || len(changes.Rows) != 5 {
				t.Errorf("kept %+v", changes)
			}
			w.wake() // which has read it
			for range 2 {
				w.ok(message.SyncRetry, ref())
				w.listed()
				w.ok(message.SyncStart, ref())
				w.listed()
				if n := w.status().Notice; n != "" {
					t.Errorf("told again: %q", n)
				}
			}
			if again := directory.ParseChanges(w.local.get("changes:" + startURL)); again.Run != changes.Run || len(again.Rows) != 5 {
				t.Errorf("kept %+v after listings without news", again)
			}
			w.ok(message.PortalRemove, ref())
			if dump := w.local.dump(); strings.Contains(dump, startURL) {
				t.Errorf("the portal was removed, and there is %s", dump)
			}
		})
	}
}

// A damaged part is set aside and told of; the accounts of the others stay, and the
// list is whole again once it was listed anew.
func TestADamagedPartIsSetAsideAndListedAnew(t *testing.T) {
	for name, spoil := range map[string]func(text string) string{
		"lost": func(string) string { return "" }, "cut off": func(text string) string { return text[:len(text)/2] },
		"another's": func(text string) string { return strings.Replace(text, "ReadOnly", "Admin", 1) }, "garbled": func(string) string { return "garbled" },
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 60}, func(w *world) {
				w.ready()
				key := message.PartKey(startURL, 1)
				text := spoil(w.local.get(key))
				w.set(func() { w.local.data[key] = text })
				w.net.setOffline(true)
				w.restart()
				want := backend.Lost(key)
				if text == "" {
					want = ""
				}
				if told := w.opened(); told != want || text != w.local.get("aside:"+key) {
					t.Errorf("told of %q, kept %q", told, w.local.get("aside:"+key))
				}
				if d := w.directory(); len(d.Accounts) != 49 || d.Updated != 0 || d.Rows() != 147 {
					t.Errorf("%d accounts are left, updated %d", len(d.Accounts), d.Updated)
				}
				if told := w.opened(); told != "" {
					t.Errorf("told again of %q", told)
				}
				w.net.setOffline(false)
				w.wake()
				w.listed()
				if n := w.status().Notice; n != "" {
					t.Errorf("what was lost is told as new: %q", n)
				}
			})
		})
	}
}

// A disk that is full costs what was learnt since, never what was kept, and is said.
func TestAFullDiskLosesNothingThatIsKept(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 90}, func(w *world) {
		w.ready()
		before := directory.Encode(w.directory())
		w.reassign(func(accounts []portaltest.Account) []portaltest.Account {
			for i := range accounts {
				accounts[i].Roles = append(accounts[i].Roles, fmt.Sprintf("Role%d", i))
			}
			return accounts
		})
		w.set(func() {
			w.disk = func(_ int, key string) error {
				if onDisk(key) {
					return errDisk
				}
				return nil
			}
		})
		w.ok(message.SyncStart, ref())
		w.until("the problem", time.Minute, func() bool { return w.status().Problem != nil })
		if p := w.status().Problem; directory.Encode(w.directory()) != before || !p.Retryable || !strings.Contains(p.Message, "storage") || !strings.Contains(p.Hint, "room") {
			t.Errorf("problem %+v", p)
		}
		w.set(func() { w.disk = nil })
		w.wake()
		w.listed()
	})
}

// Also where the worker is killed every few seconds, and popups come and go.
func TestAListingThatIsKilledWritesWhatItLearnt(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 1000, Latency: 100 * time.Millisecond}, func(w *world) {
		w.signIn()
		kills := 0
		for ; pending(w.secretState()) && kills < 60; kills++ {
			time.Sleep(7 * time.Second)
			w.restart()
			w.life.backend.Alarm(w.life.ctx)
			w.wake()
		}
		w.listed()
		written := 0
		for _, entry := range w.local.history() {
			written += len(entry.key) + len(entry.value)
		}
		kept := len(directory.Encode(w.directory()))
		t.Logf("%d kills, %d bytes are written, %.2f times the %d of the snapshot", kills, written, float64(written)/float64(kept), kept)
		if written > 3*kept || kills < 7 || kills > 12 {
			t.Errorf("%d kills, %d bytes are written, the snapshot has %d", kills, written, kept)
		}
		if n := w.portal.Requests()["ListAccounts"]; n != 10 {
			t.Errorf("%d pages of accounts, want 10: they are listed once", n)
		}
	})
}
