package palette_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
)

// A popup begins with what an earlier version had stored, before the worker brings
// that to today's form: see the recordings in the backend. The rows that popup.js
// paints before Go is there are those that come then.
func TestAPopupBeginsWithWhatAnEarlierVersionStored(t *testing.T) {
	for _, name := range []string{"storage-0.1.0.json", "storage-1.json", "storage-2.json"} {
		t.Run(name, func(t *testing.T) { beginsWith(t, name) })
	}
}

func beginsWith(t *testing.T, name string) {
	text, err := os.ReadFile("../backend/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var stored struct{ Local, Session map[string]string }
	if err := json.Unmarshal(text, &stored); err != nil {
		t.Fatal(err)
	}
	p := &popup{TB: t}
	p.SetPortals(message.ParsePortals(stored.Local[message.PortalsKey]))
	p.SetSettings(message.ParseSettings(stored.Local[message.SettingsKey]))
	p.SetStatus(message.ParseStatus(stored.Session[message.StatusPrefix+p.Active()]))
	d, err := directory.DecodeV1(stored.Local[message.DirectoryPrefix+p.Active()])
	if err != nil {
		t.Fatal(err)
	}
	p.SetDirectory(directory.Encode(d)) // as the worker has it by then
	directory.Sort(d.Accounts)
	first := paint(t, directory.Head(d, nil, nil, func(*directory.Account, string) directory.Looks { return directory.Looks{} }))
	if got := p.painted(); got.total != 24 || first.total != 24 || len(first.rows) < 10 || first.height != got.height || !slices.EqualFunc(first.rows, got.rows[:len(first.rows)], slices.Equal) || !slices.Equal(first.heads, got.heads[:len(first.heads)]) {
		t.Errorf("first %+v, then %+v", first, got)
	}
	if v := p.View(); v.Format != "powershell" || v.Notice.Text != "" || v.Banner.Text != "" {
		t.Errorf("got %+v", v)
	}
	view := stored.Session[message.ViewKey]
	p.Restore(view)
	_, rows, _ := strings.Cut(view, "\n\n")
	before, after := paint(t, rows), p.painted()
	// The roles have another order since; the selection is the same role.
	if before.total != after.total || !slices.Equal(before.rows[before.selected], after.rows[after.selected]) || p.View().Query != "pr" {
		t.Errorf("%+v were painted, then %+v", before, after)
	}
}
