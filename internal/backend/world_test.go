package backend_test

import (
	"context"
	"crypto/rand"
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/backend"
	"portico/internal/credfmt/list"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// startURL is where the portal of most tests is.
const startURL = "http://127.0.0.1:8765/start"

// world is everything around a backend: it outlives the worker, as a browser
// and a portal do. Time in it is the bubble's.
type world struct {
	t         *testing.T
	portal    *portaltest.Portal
	net       *network
	local     *area
	session   *area
	browser   *browser
	bookmarks *bookmarkTree
	life      *life
	lives     int
	loopback  bool
	redirect  string // where pages can lead back from
	stays     bool   // it was chosen that sessions are on the disk

	mu         sync.Mutex                    // guards what follows and all state of the fakes
	writes     int                           // of both areas, in all lives
	disk       func(n int, key string) error // fails the n-th write
	killAt     int                           // the write that the worker does not survive
	kept       bool                          // whether that write is done
	unreadable bool                          // no storage can be read
	slow       func(keys []string)           // takes time between a read and its answer
	ahead      time.Duration                 // of the true time is the computer's clock
	errors     []*message.Error              // all that was answered
}

// life is one life of the worker.
type life struct {
	ctx     context.Context
	end     context.CancelFunc
	backend *backend.Backend
}

// inWorld runs a test in a bubble, and in the end looks for what must never be.
func inWorld(t *testing.T, config portaltest.Config, test func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{t: t, portal: portaltest.New(config), loopback: true}
		w.net = &network{world: w, handler: w.portal, held: map[string]*hold{}}
		w.local = &area{world: w, data: map[string]string{}}
		w.session = &area{world: w, data: map[string]string{}}
		w.browser = &browser{world: w, hosts: true}
		w.bookmarks = &bookmarkTree{world: w}
		w.begin()
		defer w.kill()
		test(w)
		synctest.Wait()
		w.checkSecrets()
	})
}

// begin starts the worker.
func (w *world) begin() {
	ctx, end := context.WithCancel(context.Background())
	w.life = &life{ctx: ctx, end: end}
	w.lives++
	w.life.backend = backend.New(ctx, backend.Ports{
		Local: mortal{w.local, w.life}, Session: mortal{w.session, w.life},
		Browser: w.browser, Bookmarks: mortalTree{w.bookmarks, w.life}, Fetcher: w.net.of(w.life),
		Clock: wall{w}, Random: rand.Reader, Redirect: w.redirect, Loopback: w.loopback,
	})
}

// kill stops the worker, as the browser does: at any instant, with no warning.
func (w *world) kill() {
	w.life.end()
	synctest.Wait()
}

// set changes the world while others may look at it.
func (w *world) set(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

// killAtWrite lets the worker die at its n-th write from now, once that is done
// or just before.
func (w *world) killAtWrite(n int, kept bool) { w.set(func() { w.killAt, w.kept = w.writes+n, kept }) }

// written counts the writes so far.
func (w *world) written() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.writes
}

func (w *world) dead() bool { return w.life.ctx.Err() != nil }

// restart kills the worker and starts the next.
func (w *world) restart() {
	w.kill()
	w.begin()
}

// wake opens the popup.
func (w *world) wake() { w.ok(message.Wake, nil) }

// ask sends one message of the popup.
func (w *world) ask(t message.Type, f message.Fields) (message.Fields, *message.Error) {
	w.t.Helper()
	result, failure := w.life.backend.Handle(w.life.ctx, t, f)
	if failure != nil {
		w.errors = append(w.errors, failure)
		if failure.Code == "" || failure.Message == "" || failure.Said == "" {
			w.t.Errorf("%s: an error without words or their name: %+v", t, failure)
		}
	}
	return result, failure
}

// ok is ask where it must succeed.
func (w *world) ok(t message.Type, f message.Fields) message.Fields {
	w.t.Helper()
	result, failure := w.ask(t, f)
	if failure != nil {
		w.t.Fatalf("%s: %v", t, failure)
	}
	return result
}

// refused is ask where it must fail.
func (w *world) refused(t message.Type, f message.Fields, code message.Code) *message.Error {
	w.t.Helper()
	result, failure := w.ask(t, f)
	if failure == nil || failure.Code != code {
		w.t.Fatalf("%s: got %v, %v, want an error of code %s", t, result, failure, code)
	}
	return failure
}

func ref() message.Fields { return message.PortalRef{Portal: startURL}.Fields() }

// order is to copy the credentials of that role.
func (w *world) order() message.Order {
	r := w.role()
	return message.Order{Portal: r.Portal, AccountID: r.AccountID, RoleName: r.RoleName, Format: list.POSIX}
}

// pasted is what a shell has after credentials were pasted into it.
func pasted(c message.Copy) map[string]string {
	env := map[string]string{}
	for _, set := range regexp.MustCompile(`(?m)^export (\w+)="([^"]*)"$`).FindAllStringSubmatch(c.Text, -1) {
		env[set[1]] = set[2]
	}
	return env
}

// role is a role that the portal grants.
func (w *world) role() message.Role {
	a := w.portal.Directory()[0]
	return message.Role{Portal: startURL, AccountID: a.ID, RoleName: a.Roles[0]}
}

func (w *world) add() message.Access {
	w.t.Helper()
	return message.AccessFrom(w.ok(message.PortalAdd, message.NewPortal{StartURL: startURL, Region: "us-east-1"}.Fields()))
}

// status is what the popup sees of the portal.
func (w *world) status() message.Status {
	return message.ParseStatus(w.session.get(message.StatusPrefix + startURL))
}

func (w *world) directory() *directory.Directory {
	kept := directory.Stored{Head: w.local.get(message.DirectoryPrefix + startURL)}
	for i := range directory.MostParts {
		kept.Parts = append(kept.Parts, w.local.get(message.PartKey(startURL, i)))
	}
	d, damaged, err := directory.Load(kept)
	if err != nil {
		return &directory.Directory{}
	}
	if damaged != nil {
		w.t.Errorf("parts %v of the stored directory are damaged", damaged)
	}
	return d
}

// store puts a directory in place of the stored one.
func (w *world) store(d *directory.Directory) {
	kept := directory.Split(d)
	w.set(func() {
		w.local.data[message.DirectoryPrefix+startURL] = kept.Head
		for i := range directory.MostParts {
			delete(w.local.data, message.PartKey(startURL, i))
		}
		for i, part := range kept.Parts {
			w.local.data[message.PartKey(startURL, i)] = part
		}
	})
}

// secretState is the session as it is stored, and what its jobs keep.
func (w *world) secretState() message.Fields {
	f := message.ParseText(w.session.get("session:" + startURL))
	for _, j := range w.jobs() {
		if j["portal"] != startURL || j["held"] != "" && j["kind"] != "bookmark" {
			continue
		}
		switch j["kind"] {
		case "signin", "bookmark":
			for name, value := range j {
				f[name] = value
			}
		}
		f[j["kind"]] = "pending"
	}
	return f
}

// jobs gives the records of all jobs.
func (w *world) jobs() []message.Fields { return records(w.session.get("jobs")) }

// records reads the stored jobs.
func records(text string) (all []message.Fields) {
	for id, job := range message.ParseText(text) {
		if message.ParseInt(id) > 0 {
			all = append(all, message.ParseText(job))
		}
	}
	return all
}

// until lets time pass until something holds.
func (w *world) until(what string, patience time.Duration, holds func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		synctest.Wait()
		if holds() {
			return
		}
		if !time.Now().Before(end) {
			w.t.Fatalf("%s: not after %v; status %+v", what, patience, w.status())
		}
	}
}

// phase waits for a phase of signing in.
func (w *world) phase(p message.SignInPhase) {
	w.t.Helper()
	w.until("phase "+string(p), time.Minute, func() bool { return w.status().SignIn == p })
}

// showCode signs in until the code is shown.
func (w *world) showCode() {
	w.t.Helper()
	w.add()
	w.ok(message.SignInStart, ref())
	w.phase(message.ShowCode)
}

// signIn signs in until the token is there; the listing begins.
func (w *world) signIn() {
	w.t.Helper()
	w.showCode()
	w.ok(message.SignInOpen, ref())
	w.portal.Approve(w.status().UserCode)
	w.phase(message.SignedIn)
}

// listed waits for the end of a listing.
func (w *world) listed() {
	w.t.Helper()
	w.until("listing", 10*time.Minute, func() bool { return !pending(w.secretState()) })
	if n, want := w.directory().Rows(), rows(w.portal); n != want || w.directory().Updated == 0 {
		w.t.Fatalf("%d rows listed, want %d; status %+v", n, want, w.status())
	}
}

// ready is signIn and listed.
func (w *world) ready() {
	w.t.Helper()
	w.signIn()
	w.listed()
}

func rows(p *portaltest.Portal) int {
	n := 0
	for _, a := range p.Directory() {
		n += len(a.Roles)
	}
	return n
}

// pending tells of a stored session whether the worker has to go on.
func pending(f message.Fields) bool {
	return f["signin"] != "" || f["leaving"] != "" || f["removal"] != "" || f["listing"] != ""
}

// quiet checks that nothing is pending, but that the token is to be replaced, and
// that the alarm knows.
func (w *world) quiet() {
	w.t.Helper()
	w.until("nothing pending and no alarm", 2*time.Second, func() bool {
		s := w.secretState()
		return !pending(s) && (w.browser.ringing() != nil) == (s["refreshing"] != "")
	})
}

// checkSecrets looks for every secret the portal gave out wherever it must not
// be, at any time of the test.
func (w *world) checkSecrets() {
	w.t.Helper()
	for _, secret := range w.portal.Secrets() {
		for _, e := range w.errors {
			if strings.Contains(e.Fields().Text(), secret) {
				w.t.Errorf("an error holds a secret: %+v", e)
			}
		}
		for _, log := range [][]write{w.local.history(), w.session.history()} {
			for _, entry := range log {
				if strings.HasPrefix(entry.key, "kept:") && w.stays {
					continue
				}
				if strings.Contains(entry.value, secret) && !strings.HasPrefix(entry.key, "session:") && entry.key != "jobs" {
					w.t.Errorf("a secret was stored under %s", entry.key)
				}
			}
		}
		if !w.stays && strings.Contains(w.local.dump(), secret) {
			w.t.Error("a secret is on disk")
		}
	}
	for _, entry := range w.local.history() {
		if strings.HasPrefix(entry.key, "session:") || entry.key == "jobs" {
			w.t.Errorf("%s is on disk", entry.key)
		}
	}
}

// checkForgotten checks that of all secrets none but the client registrations are
// left.
func (w *world) checkForgotten() {
	w.t.Helper()
	s := w.secretState()
	for _, secret := range w.portal.Secrets() {
		if secret != s["clientSecret"] && secret != s["browserClientSecret"] && strings.Contains(w.session.dump(), secret) {
			w.t.Error("a secret is left after the session")
		}
	}
}

// checkEnded checks that no session is left at the portal.
func (w *world) checkEnded() {
	w.t.Helper()
	if n := w.portal.Sessions(); n != 0 {
		w.t.Errorf("%d sessions are left at the portal", n)
	}
}

// errDisk is what a failing disk says.
var errDisk = errors.New("quota exceeded")
