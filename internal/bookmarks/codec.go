package bookmarks

import (
	"strings"

	"portico/internal/directory"
)

// A map is kept as text: a line that says so, then one for each key, its fields with
// tabs between, each escaped as the directory's are.
const magic = "portico-bookmarks\t1\n"

// Encode gives the text of a map. Equal maps have equal texts.
func Encode(m Map) string {
	var b strings.Builder
	b.WriteString(magic)
	for _, key := range sorted(m) {
		made := m[key]
		for i, field := range [...]string{key.Account, key.Role, key.Page, made.ID, made.Title, made.URL, string(made.State), made.Label} {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(directory.Escape(field))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Decode reads what [Encode] gave; ok is false of anything else.
func Decode(text string) (m Map, ok bool) {
	text, ok = strings.CutPrefix(text, magic)
	if !ok || text != "" && !strings.HasSuffix(text, "\n") {
		return nil, false
	}
	m = Map{}
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 8 {
			return nil, false
		}
		for i := range f {
			f[i] = directory.Unescape(f[i])
		}
		key := Key{f[0], f[1], f[2]}
		state := State(f[6])
		if _, twice := m[key]; twice || state != There && state != Revoked && state != Deleted {
			return nil, false
		}
		m[key] = Made{ID: f[3], Title: f[4], URL: f[5], State: state, Label: f[7]}
	}
	return m, true
}
