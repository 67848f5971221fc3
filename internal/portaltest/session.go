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
// A token is known by its stamp, the moment of its issue, and so is a session by
// that of its first token; no two are alike.
type sessions struct {
	last   int64           // newest stamp there is
	cutoff int64           // every token and session up to this stamp is over
	ended  map[int64]int64 // by stamp of a session: when its token would have expired
	// refreshed counts by sign-in, known by its stamp, how often it was refreshed: only
	// the refresh token that was handed out last is good. Each client that signs in to
	// a session has its own.
	refreshed map[int64]chain
	// redeemed are the stamps of authorization codes that were used, and when these
	// expire.
	redeemed map[int64]int64
	// live is the session that signing in goes on with, and liveUntil its end.
	live, liveUntil int64
}

// chain is the refresh tokens of one sign-in.
type chain struct {
	Serial int64 `json:"serial"` // of the newest
	Until  int64 `json:"until"`  // end of the session, Unix nanoseconds
}

// Which ints an access token and a refresh token hold.
const (
	tokenStamp = iota
	tokenExpires
	tokenSession
)
const (
	refreshSession = iota
	refreshUntil
	refreshSerial
	refreshSignIn
)

// stamp returns now in nanoseconds, or a little later if that is taken.
func (s *sessions) stamp(now time.Time) int64 {
	s.last = max(now.UnixNano(), s.last+1)
	return s.last
}

// signIn begins a session, or goes on with the one that lives: signing in again
// does not restart its clock, only Logout does. The caller holds p.mu.
func (p *Portal) signIn(now time.Time) (session, until int64) {
	s := &p.sessions
	if _, over := s.ended[s.live]; p.config.SessionTTL > 0 && !over && s.live > s.cutoff && now.UnixNano() < s.liveUntil {
		return s.live, s.liveUntil
	}
	life := p.config.SessionTTL
	if life == 0 {
		life = p.config.TokenTTL
	}
	s.live, s.liveUntil = s.stamp(now), now.Add(life).UnixNano()
	return s.live, s.liveUntil
}

// issueToken gives an access token of a session, which it does not outlive, and
// when it expires. The caller holds p.mu.
func (p *Portal) issueToken(now time.Time, session, until int64) (token string, expires int64) {
	expires = min(now.Add(p.config.TokenTTL).UnixNano(), until)
	return p.sealToken(packInts(p.sessions.stamp(now), expires, session)), expires
}

const refreshTokenSize = 300

func refreshPurpose(clientID string) string { return "refresh token of client " + clientID }

// issueRefresh gives the next refresh token of a sign-in to a session; the one before
// is good no more. The caller holds p.mu.
func (p *Portal) issueRefresh(clientID string, session, until, signIn int64) string {
	serial := p.sessions.refreshed[signIn].Serial + 1
	p.sessions.refreshed[signIn] = chain{serial, until}
	sealed := p.sealer.seal(refreshPurpose(clientID), refreshTokenSize, p.secrets.bytes(nonceSize), packInts(session, until, serial, signIn))
	return p.secrets.remember(tokenPrefix + base64.RawURLEncoding.EncodeToString(sealed))
}

// refresh takes a refresh token for a session: one of another client, of a session
// that is over, or that was used before is none.
func (p *Portal) refresh(clientID, token string) (session, until, signIn int64, failure *apiError) {
	text, ours := strings.CutPrefix(token, tokenPrefix)
	sealed, ok := decodeExactly(base64.RawURLEncoding, text)
	if !ours || !ok {
		return 0, 0, 0, errInvalidRefresh
	}
	plain, ok := p.sealer.open(refreshPurpose(clientID), sealed)
	if !ok {
		return 0, 0, 0, errInvalidRefresh
	}
	session, until, signIn = intAt(plain, refreshSession), intAt(plain, refreshUntil), intAt(plain, refreshSignIn)
	_, ended := p.sessions.ended[session]
	if ended || session <= p.sessions.cutoff || p.config.Now().UnixNano() >= until || intAt(plain, refreshSerial) != p.sessions.refreshed[signIn].Serial {
		return 0, 0, 0, errInvalidRefresh
	}
	return session, until, signIn, nil
}

func (p *Portal) sealToken(plain []byte) string {
	sealed := p.sealer.seal(tokenPurpose, tokenSize, p.secrets.bytes(nonceSize), plain)
	return p.secrets.remember(tokenPrefix + base64.RawURLEncoding.EncodeToString(sealed[:tokenHeadSize]) +
		tokenSeparator + base64.StdEncoding.EncodeToString(sealed[tokenHeadSize:]))
}

func (p *Portal) openToken(token string) (plain []byte, ok bool) {
	text, ours := strings.CutPrefix(token, tokenPrefix)
	first, second, split := strings.Cut(text, tokenSeparator)
	if !ours || !split {
		return nil, false
	}
	head, headOK := decodeExactly(base64.RawURLEncoding, first)
	tail, tailOK := decodeExactly(base64.StdEncoding, second)
	if !headOK || !tailOK || len(head) != tokenHeadSize {
		return nil, false
	}
	return p.sealer.open(tokenPurpose, append(head, tail...))
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
	plain, ok := p.openToken(token)
	if !ok || p.config.Now().UnixNano() >= intAt(plain, tokenExpires) || intAt(plain, tokenStamp) <= p.sessions.cutoff {
		return false
	}
	_, ended := p.sessions.ended[intAt(plain, tokenSession)]
	return !ended
}

// endSession ends the session of r's access token, with all its tokens.
func (p *Portal) endSession(r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end(bearerToken(r))
}

// end ends the session of an access token. The caller holds p.mu.
func (p *Portal) end(token string) {
	if plain, ok := p.openToken(token); ok {
		p.sessions.ended[intAt(plain, tokenSession)] = max(intAt(plain, tokenExpires), p.sessions.liveUntil)
	}
}

// ExpireTokens ends every session there is, as if its time were over.
func (p *Portal) ExpireTokens() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sessions.cutoff = p.sessions.stamp(p.config.Now())
}
