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

// The pages have the choice too, the popup's since it shows before Go is there. It
// shows the template once there is one.
func TestThePagesOfferEveryFormat(t *testing.T) {
	for page, choice := range map[string]string{"popup/popup.html": "format", "options/options.html": "copyFormat"} {
		text, err := os.ReadFile("../../../extension/" + page)
		if err != nil {
			t.Fatal(err)
		}
		inside := regexp.MustCompile(`(?s)<select id="` + choice + `".*?</select>`).Find(text)
		var offered []list.Format
		for _, o := range regexp.MustCompile(`<option value="([^"]*)"(?: id="format-template" hidden)?>(.*)</option>`).FindAllStringSubmatch(string(inside), -1) {
			offered = append(offered, list.Format{ID: o[1], Name: o[2]})
		}
		if !slices.Equal(offered, list.Formats()) {
			t.Errorf("%s offers %v, want %v", page, offered, list.Formats())
		}
	}
}
