package message

import (
	"slices"
	"strconv"
	"strings"
)

const yes = "true"

// FormatBool gives the message form of a truth value.
func FormatBool(b bool) string {
	if b {
		return yes
	}
	return ""
}

// ParseBool reads a truth value.
func ParseBool(s string) bool { return s == yes }

// FormatInt gives the message form of a number.
func FormatInt(n int64) string { return strconv.FormatInt(n, 10) }

// ParseInt reads a number; 0 if there is none.
func ParseInt(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

var (
	escaper   = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`)
	unescaper = strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n")
)

// Text gives fields as the text that is kept in storage: `name <TAB> value` a
// line, sorted, so that equal fields give equal texts. Empty values are left
// out; they read back as empty.
func (f Fields) Text() string {
	names := make([]string, 0, len(f))
	for name, value := range f {
		if value != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		b.WriteString(escaper.Replace(name))
		b.WriteByte('\t')
		b.WriteString(escaper.Replace(f[name]))
		b.WriteByte('\n')
	}
	return b.String()
}

// ParseText reads what [Fields.Text] gives. Lines that are not of its form are
// passed over: stored text can stem from a version that knew more.
func ParseText(text string) Fields {
	f := Fields{}
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if ok {
			f[unescaper.Replace(name)] = unescaper.Replace(value)
		}
	}
	return f
}
