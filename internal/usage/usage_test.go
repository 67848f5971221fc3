package usage

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func (h *History) of(t *testing.T, name string) *Role {
	t.Helper()
	for i := range h.Roles {
		if h.Roles[i].Name == name {
			return &h.Roles[i]
		}
	}
	t.Fatalf("%s is forgotten", name)
	return nil
}

func TestWhatIsUsedOftenAndLatelyWeighsMore(t *testing.T) {
	const day = 24 * 60
	var h History
	for i := range int64(20) {
		h.Add("1", "long ago", "", i*day)
	}
	now := int64(200 * day)
	for i := range int64(3) {
		h.Add("1", "this week", "", now-i*day)
	}
	h.Add("1", "today", "", now)
	weight := func(name string) int64 { return h.of(t, name).WeightAt(now) }
	if week, today, old := weight("this week"), weight("today"), weight("long ago"); !(week > today && today > old) || today != one {
		t.Errorf("this week %d, today %d, long ago %d", week, today, old)
	}
	r := h.of(t, "today")
	if half := r.WeightAt(now + halfLife); half != one/2 {
		t.Errorf("after a half-life it weighs %d", half)
	}
	if third := r.WeightAt(now + halfLife/2); third != one-one/4 {
		t.Errorf("after half of one it weighs %d", third)
	}
	if before := r.WeightAt(now - 10*day); before != one {
		t.Errorf("by a clock that was set back it weighs %d", before)
	}
	if never := r.WeightAt(1 << 60); never != 0 {
		t.Errorf("in the end it weighs %d", never)
	}
}

func TestWhatWasTypedIsOfTheRole(t *testing.T) {
	var h History
	h.Add("1", "a", " Pay  PROD ", 0)
	h.Add("1", "b", "pay prod", 1)
	h.Add("1", "b", "", 2) // found without typing: what was typed stays
	if a, b := h.of(t, "a").Typed, h.of(t, "b").Typed; a != "pay prod" || b != "pay prod" {
		t.Errorf("typed for a %q, for b %q", a, b)
	}
	h.Add("1", "a", strings.Repeat("é", 100), 3)
	if typed := h.of(t, "a").Typed; typed != strings.Repeat("é", longestTyped/2) {
		t.Errorf("remembered is %q", typed)
	}
}

func TestTheHistoryIsBounded(t *testing.T) {
	var h History
	for i := range int64(3 * mostRoles) {
		h.Add("1", fmt.Sprint(i), "", i)
		h.Add("1", "every time", "", i)
	}
	if len(h.Roles) != mostRoles || h.of(t, "every time").Weight < 100*one {
		t.Errorf("%d roles", len(h.Roles))
	}
	h.of(t, fmt.Sprint(3*mostRoles-1)) // the last is not forgotten for what it weighs
	if again := Parse(h.Text() + h.Text()); len(again.Roles) != mostRoles {
		t.Errorf("%d roles are read", len(again.Roles))
	}
}

func TestAHistoryIsStored(t *testing.T) {
	var h History
	h.Add("111111111101", "ReadOnlyAccess", "pay", 5)
	h.Add("111111111101", `odd \u{9} role`, "", 7)
	if again := Parse(h.Text()); !reflect.DeepEqual(again, h) {
		t.Errorf("%+v is read as %+v", h, again)
	}
	for _, bad := range []string{"x", "\t\t\t\t", "1\tr\t5\t5", "1\tr\t-5\t5\t", "1\tr\t0\t5\t", "1\tr\tx\t5\t", "1\tr\t5\t-1\t", "1\tr\t5\t5\tPAY", "1\tr\t5\t5\t\tx", "\tr\t5\t5\t", "1\t\t5\t5\t"} {
		if got := Parse(bad + "\n"); len(got.Roles) != 0 {
			t.Errorf("%q is read as %+v", bad, got)
		}
	}
	if heavy := Parse("1\tr\t9223372036854775807\t0\t\n"); heavy.Roles[0].WeightAt(0) != heaviest {
		t.Errorf("%+v", heavy)
	}
}

func FuzzAHistoryIsReadAsItIsWritten(f *testing.F) {
	f.Add("1\tr\t5\t5\tpay\n", "pay", int64(9))
	f.Add("1\tr\t5\t5\t\n1\tr\t5\t5\t\n", " \xff", int64(-1))
	f.Fuzz(func(t *testing.T, text, typed string, now int64) {
		h := Parse(text)
		h.Add("1", "r", typed, max(0, now))
		if again := Parse(h.Text()); !reflect.DeepEqual(again, h) {
			t.Errorf("%+v is read as %+v", h, again)
		}
		for i := range h.Roles {
			if w := h.Roles[i].WeightAt(now); w < 0 || w > heaviest {
				t.Errorf("%+v weighs %d", h.Roles[i], w)
			}
		}
	})
}
