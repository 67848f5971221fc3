package message

import "testing"

// A person's choice outlives every policy; what nobody chose follows the policy.
func TestChoicesOutliveAPolicy(t *testing.T) {
	wants := func(locked string, settings Settings) Managed {
		return Managed{Settings: settings.Text(), Locked: locked}
	}
	none := Managed{}
	for name, test := range map[string]struct {
		chosen Settings
		after  []Managed
		want   []Settings
	}{
		"none": {Settings{Region: "x"}, []Managed{none}, []Settings{{Region: "x"}}},
		"nothing was chosen": {Settings{}, []Managed{wants("", Settings{Region: "a", SecondKey: true}), wants("", Settings{Region: "b"}), none},
			[]Settings{{Region: "a", SecondKey: true}, {Region: "b"}, {}}},
		"something was chosen": {Settings{Region: "mine", Names: true}, []Managed{wants("", Settings{Region: "a"}), wants("region names", Settings{Region: "b"}), wants("region", Settings{Region: "c"}), none},
			[]Settings{{Region: "mine", Names: true}, {Region: "b"}, {Region: "c", Names: true}, {Region: "mine", Names: true}}},
		"locked from the start, then a default": {Settings{}, []Managed{wants("region", Settings{Region: "a"}), wants("", Settings{Region: "b"})},
			[]Settings{{Region: "a"}, {Region: "b"}}},
	} {
		s, was := test.chosen, none
		for i, m := range test.after {
			s, was = m.Onto(ParseManaged(was.Text()), s)
			if s != test.want[i] {
				t.Errorf("%s: after policy %d the settings are %q, want %q", name, i, s.Text(), test.want[i].Text())
			}
		}
	}
}

// That something is off can be a choice, too.
func TestTheEmptyChoiceIsOne(t *testing.T) {
	on := Managed{Settings: Settings{SecondKey: true}.Text()}
	locked := on
	locked.Locked = "secondKey"
	s, was := on.Onto(Managed{}, Settings{})
	s.SecondKey = false // by the person
	if s, was = on.Onto(was, s); s.SecondKey {
		t.Error("the choice did not outlive the same policy")
	}
	if s, was = locked.Onto(was, s); !s.SecondKey {
		t.Error("the lock does not hold")
	}
	if s, _ = on.Onto(ParseManaged(was.Text()), s); s.SecondKey {
		t.Error("the choice did not come back")
	}
}
