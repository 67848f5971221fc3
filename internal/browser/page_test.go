package browser

import "testing"

func TestKeysAreToldFromThoseHeldDown(t *testing.T) {
	for keys, want := range map[string]struct {
		key  string
		held modifiers
	}{
		"d":                {"d", modifiers{}},
		"Enter":            {"Enter", modifiers{}},
		"Ctrl+Enter":       {"Enter", modifiers{ctrl: true}},
		"Ctrl+Shift+d":     {"d", modifiers{ctrl: true, shift: true}},
		"Alt+Meta+ArrowUp": {"ArrowUp", modifiers{alt: true, meta: true}},
		"+":                {"+", modifiers{}},
		"Ctrl++":           {"+", modifiers{ctrl: true}},
	} {
		if key, held := split(keys); key != want.key || held != want.held {
			t.Errorf("%s is %s with %+v", keys, key, held)
		}
	}
}
