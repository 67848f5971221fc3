package portaltest

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

// An access token has the real ones' form: two parts, the second in base64
// with its + / =.
const (
	tokenPrefix    = "aoaAAAAA"
	tokenHeadSize  = 96 // bytes in the first part
	tokenSize      = 196
	tokenPurpose   = "access token"
	tokenSeparator = ":"
)

// sessions knows of access tokens only which ones are over before their time.
// A token is known by its stamp, the moment of its issue; no two are alike.
type sessions struct {
	last   int64           // newest stamp there is
	cutoff int64           // every token up to this stamp is over
	ended  map[int64]int64 // by stamp: when the token would have expired
}

// stamp returns now in nanoseconds, or a little later if that is taken.
func (s *sessions) stamp(now time.Time) int64 {
	s.last = max(now.UnixNano(), s.last+1)
	return s.last
}

// issueToken begins a session. The caller holds p.mu.
func (p *Portal) issueToken(now time.Time) string {
	plain := packInts(p.sessions.stamp(now), now.Add(p.config.TokenTTL).UnixNano())
	sealed := p.sealer.seal(tokenPurpose, tokenSize, p.secrets.bytes(nonceSize), plain)
	return p.secrets.remember(tokenPrefix + base64.RawURLEncoding.EncodeToString(sealed[:tokenHeadSize]) +
		tokenSeparator + base64.StdEncoding.EncodeToString(sealed[tokenHeadSize:]))
}

func (p *Portal) openToken(token string) (stamp, expires int64, ok bool) {
	text, ours := strings.CutPrefix(token, tokenPrefix)
	first, second, split := strings.Cut(text, tokenSeparator)
	if !ours || !split {
		return 0, 0, false
	}
	head, headOK := decodeExactly(base64.RawURLEncoding, first)
	tail, tailOK := decodeExactly(base64.StdEncoding, second)
	if !headOK || !tailOK || len(head) != tokenHeadSize {
		return 0, 0, false
	}
	plain, ok := p.sealer.open(tokenPurpose, append(head, tail...))
	if !ok {
		return 0, 0, false
	}
	return intAt(plain, 0), intAt(plain, 1), true
}

func bearerToken(r *http.Request) string { return r.Header.Get("x-amz-sso_bearer_token") }

// authorized tells whether r carries an access token that was issued here, has
// not expired and was not logged out. AWS answers all three alike.
func (p *Portal) authorized(r *http.Request) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.good(bearerToken(r))
}

// good tells of a text whether it is an access token of a session that is not
// over. The caller holds p.mu.
func (p *Portal) good(token string) bool {
	stamp, expires, ok := p.openToken(token)
	if !ok || p.config.Now().UnixNano() >= expires || stamp <= p.sessions.cutoff {
		return false
	}
	_, ended := p.sessions.ended[stamp]
	return !ended
}

// endSession makes r's access token unknown.
func (p *Portal) endSession(r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if stamp, expires, ok := p.openToken(bearerToken(r)); ok {
		p.sessions.ended[stamp] = expires
	}
}

// ExpireTokens ends every session there is, as if its time were over.
func (p *Portal) ExpireTokens() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sessions.cutoff = p.sessions.stamp(p.config.Now())
}
