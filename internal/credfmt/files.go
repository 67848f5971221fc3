package credfmt

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"portico/internal/credfmt/list"
)

// dotEnv writes NAME=value lines. Readers of such files agree on little: plain
// values stand as they are, others between single quotes. There some act on backslashes, some put in
// variables all the same, one even runs what is in $(…), and some take more than a
// newline for the end of a line.
func (w *writer) dotEnv(c *Credentials, o *Options) {
	for _, f := range c.fields(o) {
		if f.value == "" {
			continue
		}
		quote := "'"
		// zsh takes what begins with = for the name of a command.
		if strings.IndexFunc(f.value, func(r rune) bool { return !isBare(r) }) < 0 && f.value[0] != '=' && !strings.Contains(f.value, ":=") {
			quote = ""
		}
		w.add(f.variable, "=", quote)
		w.value(f, same("'\\$\u0085\u2028\u2029"))
		w.add(quote, "\n")
	}
}

// isBare tells whether a character needs no quotes.
func isBare(r rune) bool {
	lower := r | 0x20
	return 'a' <= lower && lower <= 'z' || '0' <= r && r <= '9' || strings.ContainsRune("+/=_.,:@-", r)
}

// credentialsFile writes a block of ~/.aws/credentials, as the AWS portal's own
// dialogue does. The file has no quoting, and readers differ in what they make of
// blanks and quotes; no credential holds any of it.
func (w *writer) credentialsFile(c *Credentials, o *Options) error {
	name, err := c.profile(o.Profile)
	if err != nil {
		return err
	}
	w.add("[", name, "]\n")
	if expires := c.expires(); o.Expiry && expires != "" {
		w.add("# expires ", expires, "\n")
	}
	for _, entry := range []struct {
		key string
		field
	}{
		{"aws_access_key_id", field{accessKeyID, c.AccessKeyID}}, {"aws_secret_access_key", field{secretAccessKey, c.SecretAccessKey}},
		{"aws_session_token", field{sessionToken, c.SessionToken}}, {"region", field{region, o.Region}},
	} {
		if entry.value == "" {
			continue
		}
		w.add(entry.key, "=")
		w.value(entry.field, func(r rune) (string, bool) { return string(r), r > ' ' && r <= '~' && r != '"' && r != '\'' })
		w.add("\n")
	}
	return nil
}

// json writes an object: what a credential_process prints, or the same with all
// that is known.
func (w *writer) json(format string, c *Credentials, o *Options) {
	begin, colon, comma, end := "{\n  ", ": ", ",\n  ", "\n}\n"
	if o.OneLine {
		begin, colon, comma, end = "{", ":", ",", "}\n"
	}
	w.add(begin)
	if format == list.Process {
		w.add(`"Version"`, colon, "1", comma)
	}
	for i, f := range c.fields(o) {
		name := members[i]
		if i > 2 && f.value == "" || name == "" || format == list.Process && !inProcess[i] {
			continue
		}
		if i > 0 {
			w.add(comma)
		}
		w.add(`"`, name, `"`, colon, `"`)
		w.inJSON(f)
		w.add(`"`)
	}
	w.add(end)
}

// members are what an object has in place of variables, in their order, and
// inProcess tells which of them a credential_process has.
var (
	members   = [...]string{"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "Region", "", "AccountId", "AccountName", "RoleName"}
	inProcess = [...]bool{true, true, true, true, false, false, true, false, false}
)

// inJSON adds a value in a string of JSON (RFC 8259), in ASCII. Everything can
// stand there but what is no UTF-8, which becomes Unicode's replacement character.
func (w *writer) inJSON(f field) {
	w.add(escapeJSON(f.value))
	if !utf8.ValidString(f.value) {
		w.report(f, "\ufffd")
	}
}

func escapeJSON(s string) string {
	var b []byte
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r >= ' ' && r < 0x7f:
			b = append(b, byte(r))
		case r > 0xffff:
			r -= 0x10000
			b = appendUnit(appendUnit(b, 0xd800+r>>10), 0xdc00+r&0x3ff)
		default:
			b = appendUnit(b, r)
		}
	}
	return string(b)
}

func appendUnit(b []byte, unit rune) []byte {
	digits := strconv.FormatUint(uint64(unit)+0x10000, 16) // five, of which the first is no digit of the unit
	return append(append(b, `\u`...), digits[1:]...)
}
