package credfmt_test

import (
	"os"
	"regexp"
	"testing"

	"portico/internal/credfmt"
)

// IDs are in people's storage: none may ever change or be given to another.
func TestFormatsAreWhatTheyWere(t *testing.T) {
	want := []struct {
		id, name string
		text     func(*credfmt.Credentials) string
	}{
		{"posix", "bash and zsh", credfmt.POSIX},
		{"powershell", "PowerShell", credfmt.PowerShell},
		{"credentials-file", "~/.aws/credentials", credfmt.CredentialsFile},
	}
	got := credfmt.Formats()
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i, f := range got {
		found, ok := credfmt.Find(f.ID)
		if f.ID != want[i].id || f.Name != want[i].name || found != f || !ok {
			t.Errorf("%+v, found as %+v (%v); want %s, %s", f, found, ok, want[i].id, want[i].name)
		}
		if got, want := f.Text(ordinary()), want[i].text(ordinary()); got != want {
			t.Errorf("%s gives\n%s\nwant\n%s", f.ID, got, want)
		}
	}
}

func TestAnUnknownFormatIsTheFirst(t *testing.T) {
	for _, id := range []string{"", "POSIX", "posix ", "of a later version"} {
		if f, ok := credfmt.Find(id); ok || f.ID != "posix" {
			t.Errorf("%q is %+v, %v", id, f, ok)
		}
	}
}

// The popup's page has the choice too, since it shows before Go is there.
func TestThePageOffersEveryFormat(t *testing.T) {
	page, err := os.ReadFile("../../extension/popup/popup.html")
	if err != nil {
		t.Fatal(err)
	}
	options := regexp.MustCompile(`<option value="(.*)">(.*)</option>`).FindAllStringSubmatch(string(page), -1)
	all := credfmt.Formats()
	if len(options) != len(all) {
		t.Fatalf("the page offers %d formats, there are %d", len(options), len(all))
	}
	for i, o := range options {
		if got := (credfmt.Format{ID: o[1], Name: o[2]}); got != all[i] {
			t.Errorf("the page offers %+v in place of %+v", got, all[i])
		}
	}
}
