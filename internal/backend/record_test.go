package backend

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
)

// filled has every field below a value be another than none, but those that are
// not stored.
func filled(t *testing.T, v reflect.Value, unstored ...string) {
	t.Helper()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if slices.Contains(unstored, name) {
			continue
		}
		f := v.Field(i)
		f = reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem() // it may be unexported
		switch p := f.Addr().Interface().(type) {
		case *time.Time:
			*p = time.UnixMilli(1_700_000_000_123)
		case *time.Duration:
			*p = 1234 * time.Millisecond
		case **message.Error:
			*p = &message.Error{Code: message.Offline, Message: name}
		default:
			switch f.Kind() {
			case reflect.Struct:
				filled(t, f, unstored...)
			case reflect.String:
				f.SetString(name + "\t\n\\")
			case reflect.Bool:
				f.SetBool(true)
			case reflect.Int, reflect.Int64:
				f.SetInt(7)
			default:
				t.Fatalf("what is %s?", name)
			}
		}
	}
}

// A field that is added to a record, but not to its list, is found here.
func TestEveryFieldOfARecordIsStored(t *testing.T) {
	for _, k := range kinds {
		j, again := k.make(), k.make()
		own := j.base()
		// A sign-in's token goes to the session; a bookmark's portal is the job's.
		unstored := map[string][]string{signInKind: {"Token", "TokenExpires", "Refresh"}, bookmarkKind: {"Portal"}}
		filled(t, reflect.ValueOf(j).Elem(), append(unstored[k.name], "id")...)
		message.ParseText(fieldsOf(j).Text()).Read(again.base().shared, again.list)
		if own.due.IsZero() || !reflect.DeepEqual(again, j) {
			t.Errorf("%s: %+v is read as %+v", k.name, j, again)
		}
	}
	s, again := &session{}, &session{}
	filled(t, reflect.ValueOf(s).Elem(), "ID", "entrances", "shown", "chosen", "marked", "gone", "now", "desk", "status")
	message.ParseText(message.FieldsOf(s.list).Text()).Read(again.list)
	if s.token == "" || !reflect.DeepEqual(again, s) {
		t.Errorf("%+v is read as %+v", s, again)
	}
}

// Every kind of job is found again by the next worker, as it was.
func TestJobsSurviveStorage(t *testing.T) {
	now := time.UnixMilli(1_700_000_000_123)
	p := portal.Portal{ID: "acme", StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}
	d := &desk{doubts: []string{"d0", "d1"}}
	code := signin.State{DeviceCode: "dc", UserCode: "BBBB-CCCC", Page: "https://acme.awsapps.com/start/#/device", CodeExpires: now, Interval: 2 * time.Second, NextPoll: now}
	jobs := map[string]job{
		signInKind:     &signInJob{state: code},
		listingKind:    &listing{run: 7, phase: message.ListingRoles, done: 3, total: 9, starts: 2, asked: true, retry: true},
		bookmarkKind:   &bookmarkJob{role: message.Role{AccountID: "012345678901", RoleName: "a\tb\nc\\"}},
		copyKind:       &copyJob{account: "012345678901", role: "a\tb\nc\\", popup: "p"},
		clearingKind:   &clearing{seal: "00 11"},
		refreshingKind: &refreshing{},
		endingKind:     &ending{end: now, counts: true},
		leavingKind:    &leavingJob{token: "token", quiet: true, last: true},
		removalKind:    &removal{token: "token", erased: true},
		pageKind:       &leftPage{tab: 7},
		addingKind:     &adding{typed: "acme.awsapps.com", way: signin.ByBrowser, refused: true, silent: true},
	}
	if len(jobs) != len(kinds) {
		t.Fatalf("%d kinds, %d tried", len(kinds), len(jobs))
	}
	for kind, j := range jobs {
		d.add(j, kind, p, now)
		if kind != removalKind && kind != refreshingKind && kind != endingKind {
			j.base().life = time.Minute
		}
		j.base().putOff(now, errStale)
	}
	text := d.text()
	again := deskFrom(text)
	if again.text() != text || len(again.jobs) != len(jobs) {
		t.Errorf("stored\n%s\nread\n%s", text, again.text())
	}
	for _, j := range again.jobs {
		own, was := j.base(), d.find(j.base().id)
		if was == nil || own.kind != was.base().kind || own.portal != p || !own.due.Equal(was.base().due) || own.problem == nil {
			t.Errorf("%+v is read as %+v", was, own)
		}
	}
	if again.find(again.last) == nil {
		t.Error("the last ID is not kept")
	}
}

// No ID is given twice, also if the clock is set back or storage was lost.
func TestJobIDsAreNotGivenTwice(t *testing.T) {
	now := time.UnixMilli(1_700_000_000_000)
	seen := map[int64]bool{}
	d := &desk{}
	for _, at := range []time.Duration{0, 0, -time.Hour, time.Hour, 0} {
		j := &leavingJob{}
		d.add(j, leavingKind, portal.Portal{}, now.Add(at))
		if seen[j.id] {
			t.Errorf("%d was given before", j.id)
		}
		seen[j.id] = true
		d.remove(j.id)
		d = deskFrom(d.text())
	}
}

func TestBackoffGrowsToItsBound(t *testing.T) {
	last := time.Duration(-1)
	for n := range 100 {
		wait := backoff(n)
		if wait < last || wait > lastRetry {
			t.Fatalf("after %d failures: %v, before that %v", n, wait, last)
		}
		last = wait
	}
	if backoff(1) != firstRetry || backoff(99) != lastRetry || backoff(-5) != 0 {
		t.Errorf("%v, %v, %v", backoff(1), backoff(99), backoff(-5))
	}
}

// Whatever is stored, it is read without a panic, and waits stay bounded.
func FuzzDesk(f *testing.F) {
	d := &desk{}
	d.add(&leavingJob{token: "t"}, leavingKind, portal.Portal{ID: "a", StartURL: "https://a", Region: "r"}, time.UnixMilli(1))
	f.Add(d.text())
	f.Add("1\tkind\\tlisting\\nwait\\t-9223372036854775808\\nlife\\t9223372036854775807\\ntries\\t-1\n")
	f.Add("last\t9223372036854775807\n")
	f.Fuzz(func(t *testing.T, text string) {
		d := deskFrom(text)
		now := time.UnixMilli(1_700_000_000_000)
		if wait, _ := d.soonest(now); wait < 0 {
			t.Errorf("waits %v", wait)
		}
		for _, j := range d.jobs {
			j.base().over(now)
			j.base().putOff(now, errStale)
			if wait := j.base().until(now); wait < 0 || wait > lastRetry {
				t.Errorf("waits %v", wait)
			}
		}
		if again := deskFrom(d.text()); len(again.jobs) != len(d.jobs) {
			t.Errorf("%d jobs are read as %d", len(d.jobs), len(again.jobs))
		}
	})
}
