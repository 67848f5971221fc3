package message

import (
	"strconv"
	"strings"
	"time"

	"portico/internal/digits"
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
	n, _ := digits.Parse(s, 10)
	return n
}

// FormatTime gives the message form of a time, to the millisecond; the zero time has
// none.
func FormatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return FormatInt(t.UnixMilli())
}

// ParseTime reads a time; the zero time if there is none.
func ParseTime(s string) time.Time {
	ms, ok := digits.Parse(s, 10)
	if !ok {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// FormatSpan gives the message form of a length of time, to the millisecond.
func FormatSpan(d time.Duration) string { return FormatInt(d.Milliseconds()) }

// ParseSpan reads a length of time; 0 if there is none.
func ParseSpan(s string) time.Duration { return time.Duration(ParseInt(s)) * time.Millisecond }

// escape writes what would end a line or a field as two letters. strings.Replacer
// does the same with several kilobytes more of the popup.
func escape(s string) string {
	var b []byte
	for i := range len(s) {
		switch c := s[i]; c {
		case '\\':
			b = append(b, `\\`...)
		case '\t':
			b = append(b, `\t`...)
		case '\n':
			b = append(b, `\n`...)
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

// unescape is the reverse; other backslashes stay.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '\\' && i+1 < len(s) {
			switch s[i+1] {
			case '\\':
				i++
			case 't':
				c = '\t'
				i++
			case 'n':
				c = '\n'
				i++
			}
		}
		b = append(b, c)
	}
	return string(b)
}

// Text gives fields as the text that is kept in storage: `name <TAB> value` a
// line, sorted, so that equal fields give equal texts. Empty values are left
// out; they read back as empty.
func (f Fields) Text() string {
	names := make([]string, 0, len(f))
	for name, value := range f {
		if value == "" {
			continue
		}
		// There are few, and whatever package slices has for it is much code.
		at := len(names)
		names = append(names, name)
		for ; at > 0 && names[at-1] > name; at-- {
			names[at] = names[at-1]
		}
		names[at] = name
	}
	var b strings.Builder
	for _, name := range names {
		b.WriteString(escape(name))
		b.WriteByte('\t')
		b.WriteString(escape(f[name]))
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
			f[unescape(name)] = unescape(value)
		}
	}
	return f
}
