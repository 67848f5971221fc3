package bookmarks_test

import (
	"maps"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/bookmarks"
)

func TestAnyMapSurvives(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }), rapid.SampledFrom([]string{"", "\t", "\n", `\`, `\u{9}`, "a\tb\n"}))
	keys := rapid.Custom(func(t *rapid.T) bookmarks.Key {
		return bookmarks.Key{Account: text.Draw(t, "account"), Role: text.Draw(t, "role"), Page: text.Draw(t, "page")}
	})
	made := rapid.Custom(func(t *rapid.T) bookmarks.Made {
		return bookmarks.Made{ID: text.Draw(t, "ID"), Title: text.Draw(t, "title"), URL: text.Draw(t, "URL"), Label: text.Draw(t, "label"),
			State: rapid.SampledFrom([]bookmarks.State{bookmarks.There, bookmarks.Revoked, bookmarks.Deleted}).Draw(t, "state")}
	})
	rapid.Check(t, func(t *rapid.T) {
		m := bookmarks.Map(rapid.MapOf(keys, made).Draw(t, "map"))
		text := bookmarks.Encode(m)
		back, ok := bookmarks.Decode(text)
		if !ok || !maps.Equal(back, m) {
			t.Errorf("%q came back as %+v", text, back)
		}
		if again := bookmarks.Encode(back); again != text {
			t.Errorf("%q, then %q", text, again)
		}
	})
}

func TestWhatIsNoMapIsRefused(t *testing.T) {
	good := bookmarks.Encode(bookmarks.Map{{}: {ID: "1", Title: "t"}})
	if _, ok := bookmarks.Decode(good); !ok {
		t.Fatalf("%q is refused", good)
	}
	for _, text := range []string{"", "x", good[:len(good)-1], good[1:], good + "x", good + "\n", good + "\t\t\t\t\t\t\t\t\n",
		"portico-bookmarks\t2\n", "portico-bookmarks\t1\n\t\t\t1\tt\t\tmoon\t\n", "portico-bookmarks\t1\n\t\t\t1\tt\t\t\t\n\t\t\t2\tt\t\t\t\n"} {
		if m, ok := bookmarks.Decode(text); ok || m != nil {
			t.Errorf("%q is read as %+v", text, m)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(bookmarks.Encode(nil))
	f.Add(bookmarks.Encode(bookmarks.Map{{Account: "1", Role: "r", Page: "p"}: {ID: "1", Title: "a\tb", URL: "u", State: bookmarks.Deleted, Label: "l"}, {}: {ID: "2"}}))
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := bookmarks.Decode(text)
		if !ok {
			return
		}
		if back, ok := bookmarks.Decode(bookmarks.Encode(m)); !ok || !maps.Equal(back, m) {
			t.Errorf("%q is read as %+v, which becomes %+v", text, m, back)
		}
	})
}
