package e2e

import (
	"encoding/json"
	"fmt"
	"testing"

	"portico/internal/browser"
	"portico/internal/directory"
	"portico/internal/message"
)

// keptOf reads the directory that is kept of a portal.
func keptOf(t *testing.T, p *browser.Page, id string) (directory.Stored, *directory.Directory) {
	t.Helper()
	var local map[string]string
	must(t, json.Unmarshal([]byte(eval[string](t, p, "chrome.storage.local.get(null).then(all => JSON.stringify(all))")), &local))
	kept := directory.Stored{Head: local[message.DirectoryPrefix+id]}
	for n := range directory.MostParts {
		kept.Parts = append(kept.Parts, local[message.PartKey(id, n)])
	}
	d, damaged, err := directory.Load(kept)
	must(t, err)
	if damaged != nil {
		t.Fatalf("parts %v of the stored directory are damaged", damaged)
	}
	return kept, d
}

// edit changes the directory that is kept of a portal, as a listing would.
func edit(t *testing.T, p *browser.Page, id string, change func(d *directory.Directory)) {
	t.Helper()
	before, d := keptOf(t, p, id)
	change(d)
	values := map[string]string{}
	now := directory.Split(d)
	values[message.DirectoryPrefix+id] = now.Head
	for i, part := range now.Changed(before.Head) {
		values[message.PartKey(id, i)] = part
	}
	text, err := json.Marshal(values)
	must(t, err)
	eval[bool](t, p, fmt.Sprintf("chrome.storage.local.set(%s).then(() => true)", text))
}
