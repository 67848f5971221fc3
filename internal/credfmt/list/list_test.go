package list_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

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

// The popup's page has the choice too, since it shows before Go is there. A template
// can't be chosen before there is one.
func TestThePageOffersEveryFormatButTheTemplate(t *testing.T) {
	page, err := os.ReadFile("../../../extension/popup/popup.html")
	if err != nil {
		t.Fatal(err)
	}
	var offered []list.Format
	for _, o := range regexp.MustCompile(`<option value="(.*)">(.*)</option>`).FindAllStringSubmatch(string(page), -1) {
		offered = append(offered, list.Format{ID: o[1], Name: o[2]})
	}
	want := slices.DeleteFunc(slices.Clone(list.Formats()), func(f list.Format) bool { return f.ID == list.Template })
	if !slices.Equal(offered, want) {
		t.Errorf("the page offers %v, want %v", offered, want)
	}
}
