package placeholder_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"portico/internal/placeholder"
)

var known = []string{"a", "longName"}

func TestParse(t *testing.T) {
	got, err := placeholder.Parse("x{{{a}}}y{longName}", known)
	want := []placeholder.Part{{Literal: "x{", At: 0}, {Name: "a", At: 3}, {Literal: "}y", At: 6}, {Name: "longName", At: 9}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// Parts put together again are the text, and an error is about a part of it.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "{a}", "{{a}}", "{", "}", "{b}", "{a{a}}", "{longName}{a}", "{a }", "é{\xff}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parts, err := placeholder.Parse(text, known)
		if err != nil {
			var e *placeholder.Error
			if !errors.As(err, &e) || e.At >= e.End || text[e.At:e.End] != e.What || e.Error() == "" {
				t.Errorf("%q: %+v", text, e)
			}
			return
		}
		again := ""
		for _, p := range parts {
			if p.At != len(again) {
				t.Errorf("%q: %+v begins at %d", text, p, len(again))
			}
			if p.Name != "" {
				again += "{" + p.Name + "}"
			} else {
				again += strings.NewReplacer("{", "{{", "}", "}}").Replace(p.Literal)
			}
		}
		if again != text {
			t.Errorf("%q became %q", text, again)
		}
	})
}
