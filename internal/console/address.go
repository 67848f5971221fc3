package console

import (
	"slices"
	"strings"

	"portico/ssocore/percent"
)

// regionKey is the parameter by which pages name their region.
const regionKey = "region"

// split takes the host off an https address. What follows it comes as browsers
// write it.
func split(address string) (authority, rest string, ok bool) {
	const scheme = "https://"
	if len(address) < len(scheme) || strings.ToLower(address[:len(scheme)]) != scheme {
		return "", "", false
	}
	authority = address[len(scheme):]
	if end := strings.IndexAny(authority, "/?#"); end >= 0 {
		authority, rest = authority[:end], authority[end:]
	}
	rest, ok = encoded(rest)
	return authority, rest, ok && len(authority)+len(rest) <= longest
}

// encoded writes what follows a host as browsers do: what is not ASCII, and behind
// the path a backslash. What they would drop, or take for a slash, is in no address
// that one of them shows.
func encoded(rest string) (string, bool) {
	inPath := true
	b := make([]byte, 0, len(rest))
	for i := range len(rest) {
		switch c := rest[i]; {
		case c <= ' ' || c == 0x7f || c == '\\' && inPath:
			return "", false
		case c > 0x7f || c == '\\':
			b = percent.Append(b, rest[i:i+1])
		default:
			inPath = inPath && c != '?' && c != '#'
			b = append(b, c)
		}
	}
	return string(b), true
}

// cut takes off what a mark begins.
func cut(s string, mark byte) (before, after string) {
	if i := strings.IndexByte(s, mark); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// without takes the name of a session out of what follows the host: the page may
// name its own address there. Taking one out may leave another.
func without(session, rest string) string {
	for strings.Contains(rest, session) {
		rest = strings.ReplaceAll(rest, session+".", "")
		rest = strings.ReplaceAll(rest, session, "")
	}
	return rest
}

// isPlain tells whether a path leads to what it says. Dots that go up, what may be
// taken for a host since it begins with two slashes, and letters that are encoded
// without need are in none that a console makes.
func isPlain(path string) bool {
	for segment := range strings.SplitSeq(path[1:], "/") {
		if segment == "." || segment == ".." {
			return false
		}
	}
	for i := range len(path) {
		if path[i] != '%' {
			continue
		}
		if i+2 >= len(path) {
			return false
		}
		high, low := hex(path[i+1]), hex(path[i+2])
		if high < 0 || low < 0 || percent.IsUnreserved(byte(high<<4|low)) {
			return false
		}
	}
	return !strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "/%")
}

// hex is the value of a hexadecimal digit, or negative.
func hex(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

// signs tells whether a path is of the machinery that signs out and in. It may
// lead on to wherever the query says.
func signs(path string) bool {
	what, ok := strings.CutPrefix(strings.ToLower(path), "/console/")
	return ok && slices.ContainsFunc([]string{"login", "logout", "oauth", "sign"}, func(s string) bool { return strings.HasPrefix(what, s) })
}

// passing tells whether a parameter is of its reader's own way to the page: how the
// console has it sign in, or where it was clicked.
func passing(name, value string) bool {
	switch name {
	case "isauthcode", "login_hint", "nc2", "oauthStart", "redirect_uri":
		return true
	}
	return name == "state" && strings.HasPrefix(value, "hashArgs")
}

// trimmed takes parameters off a query, which is the ? and all of them, or "".
func trimmed(query string, off func(name, value string) bool) string {
	kept := ""
	for one := range strings.SplitSeq(strings.TrimPrefix(query, "?"), "&") {
		if name, value, _ := strings.Cut(one, "="); one != "" && !off(name, value) {
			kept += "&" + one
		}
	}
	if kept == "" {
		return ""
	}
	return "?" + kept[1:]
}

// parameter gives the first of that name, as it is written.
func parameter(query, name string) (value string) {
	trimmed(query, func(n, v string) bool {
		if n == name && value == "" {
			value = v
		}
		return false
	})
	return value
}
