package ssocore

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"portico/ssocore/percent"
)

// DefaultExpiresIn is how long a presigned URL lives if nothing else is said.
const DefaultExpiresIn = time.Hour

// PresignOptions configures a presigned URL. Options find them filled with the
// defaults.
type PresignOptions struct {
	// Credentials sign the URL: long-term ones, or those of a role. They are
	// required unless Unsigned is set.
	Credentials RoleCredentials

	// Unsigned leaves the URL without a signature.
	Unsigned bool

	ExpiresIn  time.Duration // default DefaultExpiresIn; AWS takes 1 s to 7 days
	HTTPMethod string        // default the operation's own; it is part of the signature
}

// ErrNoCredentials says that a URL can't be signed for want of AWS credentials.
var ErrNoCredentials = errors.New("sso presign: no aws credentials")

// GeneratePresignedURL returns the URL of a portal method, by botocore's name,
// with a signature in its query: Signature Version 4 for the service
// "awsssoportal", as boto3's generate_presigned_url makes it. It sends nothing.
//
// The access token is signed but not part of the URL: whoever uses the URL
// must send it in the header x-amz-sso_bearer_token.
//
// A name that is no method is an [*UnknownMethodError], wrong parameters are a
// [*ParamError], missing credentials [ErrNoCredentials], in this order.
func (c *Client) GeneratePresignedURL(method string, p Params, options ...func(*PresignOptions)) (string, error) {
	op, err := PortalAPI.operation(method)
	if err != nil {
		return "", err
	}
	o := PresignOptions{ExpiresIn: DefaultExpiresIn, HTTPMethod: op.verb}
	for _, option := range options {
		option(&o)
	}
	call, err := c.prepare(op, p.args())
	if err != nil {
		return "", err
	}
	if o.Unsigned {
		return call.request.URL, nil
	}
	if o.Credentials.AccessKeyID == "" || o.Credentials.SecretAccessKey == "" {
		return "", ErrNoCredentials
	}
	s := signature{
		credentials: o.Credentials,
		time:        c.clock.Now().UTC(),
		region:      c.region,
		method:      o.HTTPMethod,
		url:         call.request.URL,
		token:       call.request.Header[tokenHeader],
		expires:     strconv.FormatFloat(o.ExpiresIn.Seconds(), 'f', -1, 64),
	}
	return s.presigned(), nil
}

// presigned returns the URL with its signature.
func (s *signature) presigned() string {
	base, query := s.splitURL()
	query = s.presignedQuery(query)
	return base + "?" + query + "&X-Amz-Signature=" + s.sign(s.canonicalRequest(query))
}

func (s *signature) splitURL() (base, query string) {
	base, query, _ = strings.Cut(s.url, "?")
	return base, query
}

// presignedQuery returns the query that is signed: the operation's own
// parameters, then those of the signature.
func (s *signature) presignedQuery(query string) string {
	b := []byte(reencode(query))
	add := func(name, value string) {
		if len(b) > 0 {
			b = append(b, '&')
		}
		b = percent.Append(append(append(b, name...), '='), value)
	}
	add("X-Amz-Algorithm", algorithm)
	add("X-Amz-Credential", s.credentials.AccessKeyID+"/"+s.scope())
	add("X-Amz-Date", s.time.Format(timestamp))
	add("X-Amz-Expires", s.expires)
	add("X-Amz-SignedHeaders", signedHeaders)
	if token := s.credentials.SessionToken.Reveal(); token != "" {
		add("X-Amz-Security-Token", token)
	}
	return string(b)
}

// reencode writes a query the one way that is signed: every name once, with its
// first value, percent-encoded. Only a custom endpoint's own query can differ.
func reencode(query string) string {
	var b []byte
	seen := map[string]bool{}
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name = unescapeQuery(name)
		if pair == "" || seen[name] {
			continue
		}
		seen[name] = true
		if len(b) > 0 {
			b = append(b, '&')
		}
		b = percent.Append(append(percent.Append(b, name), '='), unescapeQuery(value))
	}
	return string(b)
}

// unescapeQuery decodes a name or value of a query. What is no escape stays.
func unescapeQuery(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+':
			b = append(b, ' ')
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			b = append(b, byte(n))
			i += 2
		default:
			b = append(b, c)
		}
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
