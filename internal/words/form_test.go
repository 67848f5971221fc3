package words_test

import (
	"testing"

	"portico/internal/words"
)

func TestFormPutsEachTextInItsPlace(t *testing.T) {
	for _, test := range []struct {
		form  words.Form
		texts []string
		want  string
	}{
		{"Nothing to fill.", nil, "Nothing to fill."},
		{"%1", []string{"a"}, "a"},
		{"%2 before %1, %2.", []string{"a", "b"}, "b before a, b."},
		{"“%1” in %2", []string{"100 % of %2", ""}, "“100 % of %2” in "}, // names are not ours
	} {
		if got := test.form.With(test.texts...); got != test.want {
			t.Errorf("%q with %q: %q, want %q", test.form, test.texts, got, test.want)
		}
	}
}

func TestCounts(t *testing.T) {
	for n, want := range map[int64]string{0: "0 accounts", 1: "1 account", 2: "2 accounts", 1000: "1\u2009000 accounts", 1234567: "1\u2009234\u2009567 accounts"} {
		if got := words.Accounts(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
