// Package percent writes texts for URLs. It is all of net/url that the client and
// those who make links need; the whole would cost the popup 100 KB.
package percent

// Append percent-encodes everything but RFC 3986's unreserved characters byte by
// byte, so that any text survives the way, and appends that to dst.
func Append(dst []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(s) {
		if b := s[i]; IsUnreserved(b) {
			dst = append(dst, b)
		} else {
			dst = append(dst, '%', hex[b>>4], hex[b&15])
		}
	}
	return dst
}

// Encode gives what [Append] appends.
func Encode(s string) string { return string(Append(make([]byte, 0, len(s)+8), s)) }

// IsUnreserved reports whether a character stands for itself in all parts of a
// URL (RFC 3986 section 2.3).
func IsUnreserved(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' ||
		b == '-' || b == '.' || b == '_' || b == '~'
}
