package list_test

import (
	"testing"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
)

// IDs are in people's storage: none may ever change or be given to another.
func TestFormatsAreWhatTheyWere(t *testing.T) {
	want := []string{"posix", "fish", "powershell", "cmd", "nushell", "dotenv", "docker", "credentials-file", "credential-process", "json", "template"}
	all := list.Formats()
	if len(all) != len(want) {
		t.Fatalf("there are %d formats, want %d", len(all), len(want))
	}
	for i, f := range all {
		if got, ok := list.Find(f.ID); f.ID != want[i] || f.Name == "" || got != f || !ok {
			t.Errorf("%+v, found as %+v (%v); want %s", f, got, ok, want[i])
		}
	}
	if f, ok := list.Find("of a later version"); ok || f.ID != list.POSIX {
		t.Errorf("an unknown format is %+v, %v", f, ok)
	}
}

// What the popup offers by itself is called the same.
func TestThePopupsFormatsAreAmongThem(t *testing.T) {
	for _, f := range credfmt.Formats() {
		if got, ok := list.Find(f.ID); !ok || got.Name != f.Name {
			t.Errorf("%+v is here %+v", f, got)
		}
	}
}
