package ssocore

import (
	"encoding/base64"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The resume tokens of botocore: base64 of Python's JSON of the service's token
// and of how many items of its page were read,
//
//	{"nextToken": "AAM...", "boto_truncate_amount": 2}
//
// where a listing that ended on its first page has the token null, and one that
// ended between two pages has no amount.
const (
	tokenKey  = "nextToken"
	amountKey = "boto_truncate_amount"
)

// StartingTokenError says why a StartingToken can't be one.
type StartingTokenError struct {
	Operation string
	Reason    string
}

func (e *StartingTokenError) Error() string {
	return "sso " + e.Operation + ": bad starting token: " + e.Reason
}

// pageToken is the service's token of a page. The first page has none.
type pageToken struct {
	text    string
	given   bool
	missing bool // from a resume token that does not say: the input decides
}

// tokenOf is the token in an answer, where an empty one counts as none.
func tokenOf(text string) pageToken { return pageToken{text: text, given: text != ""} }

// in puts the token into the parameters of the next request. botocore takes
// "None" for none.
func (t pageToken) in(given args) args {
	switch {
	case t.missing:
		return given
	case !t.given || t.text == "None":
		return given.without(tokenKey)
	}
	return given.with(tokenKey, arg{text: t.text})
}

// resumeToken is the token with which to begin at the page.
func (t pageToken) resumeToken() string {
	return base64.StdEncoding.EncodeToString(append(t.json(), '}'))
}

// truncated is the token with which to begin inside the page.
func (t pageToken) truncated(amount int) string {
	b := append(t.json(), `, "`+amountKey+`": `...)
	return base64.StdEncoding.EncodeToString(append(strconv.AppendInt(b, int64(amount), 10), '}'))
}

func (t pageToken) json() []byte {
	b := []byte(`{"` + tokenKey + `": `)
	if !t.given {
		return append(b, "null"...)
	}
	return appendASCII(b, t.text)
}

// appendASCII writes a string as Python's json.dumps does.
func appendASCII(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch short := strings.IndexRune("\"\\\b\f\n\r\t", r); {
		case short >= 0:
			b = append(b, '\\', `"\bfnrt`[short])
		case ' ' <= r && r <= '~':
			b = append(b, byte(r))
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			b = appendUnicode(appendUnicode(b, high), low)
		default:
			b = appendUnicode(b, r)
		}
	}
	return append(b, '"')
}

// parseStartingToken reads a resume token, or any other text as a token of the
// service. It returns how many items of the page to leave out.
func parseStartingToken(operation, s string) (t pageToken, skip int, err error) {
	text, ok := pythonBase64(s)
	if !ok || !utf8.Valid(text) {
		return parseOldToken(operation, s)
	}
	resume := resumeToken{token: pageToken{missing: true}}
	switch err := readObject(text, &resume); {
	case err == errNotObject && isList(text):
		return parseOldToken(operation, s)
	case err == errNotObject:
		return t, 0, &StartingTokenError{operation, "it holds no object"}
	case err == errNotJSON || err == errEmptyBody:
		return parseOldToken(operation, s)
	case err != nil:
		return t, 0, &StartingTokenError{operation, err.Error()}
	case resume.extra != "":
		return t, 0, &StartingTokenError{operation, "it holds " + quote(resume.extra)}
	}
	return resume.token, resume.amount, nil
}

// isList tells the one JSON that is no object, and yet no error to botocore.
func isList(text []byte) bool {
	return strings.HasPrefix(strings.TrimLeft(string(text), " \t\r\n"), "[")
}

// resumeToken is what a resume token may hold. Anything more would let whoever
// hands it over change other parameters of the request.
type resumeToken struct {
	token  pageToken
	amount int
	extra  string
}

func (t *resumeToken) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch name := r.key(); name {
		case tokenKey:
			t.token = pageToken{given: r.peek() != 'n'}
			if t.token.given && r.peek() != '"' {
				r.mistyped(errNotText)
			}
			t.token.text = r.text()
		case amountKey:
			t.amount = r.amount()
		default:
			t.extra = name
			r.skip()
		}
	}
}

// amount reads a whole number that is written as one. Null is 0.
func (r *reader) amount() int {
	text, isText := r.s[r.i:], r.peek() == '"'
	n, ok := r.integer()
	text = text[:len(text)-len(r.s[r.i:])]
	if isText || ok && strings.ContainsAny(text, ".eE") {
		r.mistyped(errNotInteger)
	}
	return int(n)
}

// parseOldToken reads the form that botocore wrote before: the service's token,
// "None" for none, three underscores, the amount.
func parseOldToken(operation, s string) (pageToken, int, error) {
	parts := strings.Split(s, "___")
	switch len(parts) {
	case 1:
		return oldToken(s), 0, nil
	case 2:
		if amount, ok := pythonInt(parts[1]); ok {
			return oldToken(parts[0]), amount, nil
		}
		return oldToken(s), 0, nil
	}
	return pageToken{}, 0, &StartingTokenError{operation, "it has more than two parts"}
}

func oldToken(s string) pageToken {
	if s == "None" {
		return pageToken{}
	}
	return pageToken{text: s, given: true}
}

// pythonInt reads what Python's int does, which takes "1_000" for 1000.
func pythonInt(s string) (int, bool) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "_") || strings.HasSuffix(s, "_") || strings.Contains(s, "__") {
		return 0, false
	}
	n, err := strconv.Atoi(strings.ReplaceAll(s, "_", ""))
	return n, err == nil
}

// pythonBase64 decodes as Python's b64decode does: it passes over characters
// outside the alphabet, and stops at the padding that completes a group.
func pythonBase64(s string) ([]byte, bool) {
	var data []byte
	pads := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '=':
			pads++
			if n := len(data) % 4; n >= 2 && n+pads >= 4 {
				out, err := base64.RawStdEncoding.DecodeString(string(data))
				return out, err == nil
			}
		case isBase64(c):
			pads = 0
			data = append(data, c)
		}
	}
	if len(data)%4 != 0 {
		return nil, false
	}
	out, err := base64.RawStdEncoding.DecodeString(string(data))
	return out, err == nil
}

func isBase64(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '+' || c == '/'
}
