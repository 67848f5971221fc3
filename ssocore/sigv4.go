package ssocore

import (
	"slices"
	"strings"
	"time"

	"portico/ssocore/percent"
)

// Signature Version 4 in a query, for requests without a body:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
const (
	algorithm     = "AWS4-HMAC-SHA256"
	service4      = "awsssoportal"
	terminator    = "aws4_request"
	signedHeaders = "host;" + tokenHeader
	emptySHA256   = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

	timestamp = "20060102T150405Z"
	datestamp = "20060102"
)

// signature is a request that is being signed.
type signature struct {
	credentials RoleCredentials
	time        time.Time
	region      string
	method      string
	url         string
	token       string // the access token, whose header is signed
	expires     string // seconds
}

// scope is where and when the signature is good for.
func (s *signature) scope() string {
	return s.time.Format(datestamp) + "/" + s.region + "/" + service4 + "/" + terminator
}

// canonicalRequest writes the request in the one form that is signed.
func (s *signature) canonicalRequest(query string) string {
	pairs := strings.Split(query, "&")
	slices.SortFunc(pairs, comparePairs)
	scheme, rest, _ := strings.Cut(s.url, "://")
	rest, _, _ = strings.Cut(rest, "?")
	host, path, _ := strings.Cut(rest, "/")
	return strings.Join([]string{
		strings.ToUpper(s.method),
		canonicalPath("/" + path),
		strings.Join(pairs, "&"),
		"host:" + canonicalHost(scheme, host),
		tokenHeader + ":" + canonicalValue(s.token),
		"",
		signedHeaders,
		emptySHA256,
	}, "\n")
}

// comparePairs orders a query's parameters by name, then by value.
func comparePairs(a, b string) int {
	nameA, valueA, _ := strings.Cut(a, "=")
	nameB, valueB, _ := strings.Cut(b, "=")
	if c := strings.Compare(nameA, nameB); c != 0 {
		return c
	}
	return strings.Compare(valueA, valueB)
}

// canonicalPath removes dot segments and empty ones, and percent-encodes the
// rest once more.
func canonicalPath(path string) string {
	var kept []string
	for segment := range strings.SplitSeq(path, "/") {
		switch segment {
		case "", ".":
		case "..":
			kept = kept[:max(len(kept)-1, 0)]
		default:
			kept = append(kept, percent.Encode(segment))
		}
	}
	canonical := "/" + strings.Join(kept, "/")
	if strings.HasSuffix(path, "/") && len(kept) > 0 {
		canonical += "/"
	}
	return canonical
}

// canonicalHost is the host in lower case without the scheme's own port.
func canonicalHost(scheme, host string) string {
	host = strings.ToLower(host)
	if scheme == "https" {
		return strings.TrimSuffix(host, ":443")
	}
	return strings.TrimSuffix(host, ":80")
}

// canonicalValue joins the words of a header's value by single blanks.
func canonicalValue(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || '\t' <= r && r <= '\r' || 0x1c <= r && r <= 0x1f
	}), " ")
}

// sign returns the signature of a canonical request.
func (s *signature) sign(canonical string) string {
	hash := sha256([]byte(canonical))
	text := strings.Join([]string{algorithm, s.time.Format(timestamp), s.scope(), lowerHex(hash[:])}, "\n")
	key := []byte("AWS4" + s.credentials.SecretAccessKey.Reveal())
	for _, part := range []string{s.time.Format(datestamp), s.region, service4, terminator, text} {
		key = hmacSHA256(key, part)
	}
	return lowerHex(key)
}

// lowerHex writes bytes as encoding/hex does, which package fmt comes with.
func lowerHex(b []byte) string {
	const digits = "0123456789abcdef"
	text := make([]byte, 0, 2*len(b))
	for _, c := range b {
		text = append(text, digits[c>>4], digits[c&15])
	}
	return string(text)
}
