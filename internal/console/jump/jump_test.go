package jump_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"portico/internal/console/jump"
)

// What a service is called, and by what it is found, apart from how that is read.
func TestNamesAreSound(t *testing.T) {
	form := regexp.MustCompile(`^([A-Z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*)((?:,[a-z0-9]+)*)$`)
	means := map[string]string{}
	lines := strings.Split(strings.Trim(jump.Names, "\n"), "\n")
	if len(lines) < 80 {
		t.Errorf("%d services", len(lines))
	}
	for _, line := range lines {
		m := form.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("%q is no service", line)
			continue
		}
		name, words := m[1], strings.FieldsFunc(m[2], func(c rune) bool { return c == ',' })
		if !slices.IsSorted(words) {
			t.Errorf("the words of %s are not in order: %q", name, words)
		}
		words = append(words, strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(name)))
		for _, word := range append(words, strings.ReplaceAll(name, " ", ""), strings.ToUpper(strings.ReplaceAll(name, " ", "-"))) {
			if got := jump.Means(word); got != name {
				t.Errorf("%q means %q, want %q", word, got, name)
			}
		}
		for _, word := range words {
			if other := means[word]; other != "" {
				t.Errorf("%s means %s and %s", word, other, name)
			}
			means[word] = name
		}
	}
	for _, word := range []string{"", ",", "-", "s", "bucke", "s3,bucket", "S3,", "\n", "acm,\nACM Private CA", "|", "é"} {
		if got := jump.Means(word); got != "" {
			t.Errorf("%q means %q", word, got)
		}
	}
}

// Whatever is typed, nothing but a last word is taken off.
func FuzzSplitTakesOneWord(f *testing.F) {
	for _, seed := range []string{"payments-prod s3", "a  b\tS3", "s3", "ü step-functions", "x \xff s3", " s3", "config config", "prod bucke"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		words := strings.Fields(query)
		rest, service := jump.Split(query)
		switch {
		case service == "":
		case len(words) < 2 || rest != strings.Join(words[:len(words)-1], " ") || jump.Means(words[len(words)-1]) != service:
			t.Errorf("%q is %q and %q", query, rest, service)
		}
	})
}
