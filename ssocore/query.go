package ssocore

import "strings"

// query builds the query part of a URL.
type query struct{ text []byte }

// add appends name=value. Everything but RFC 3986's unreserved characters is
// percent-encoded byte by byte, so that any value survives the way.
func (q *query) add(name, value string) {
	if len(q.text) > 0 {
		q.text = append(q.text, '&')
	}
	q.text = append(q.text, name...)
	q.text = append(q.text, '=')
	q.text = appendEscaped(q.text, value)
}

func (q *query) String() string { return string(q.text) }

func appendEscaped(dst []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(s) {
		if b := s[i]; isUnreserved(b) {
			dst = append(dst, b)
		} else {
			dst = append(dst, '%', hex[b>>4], hex[b&15])
		}
	}
	return dst
}

func isUnreserved(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' ||
		strings.IndexByte("-._~", b) >= 0
}
