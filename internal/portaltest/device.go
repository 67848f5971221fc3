package portaltest

import (
	"encoding/base64"
	"strings"
	"time"
)

// slowDownStep is what slow_down adds to the interval (RFC 8628, section 3.5).
const slowDownStep = 5 * time.Second

type deviceState string

const (
	devicePending  deviceState = "pending"
	deviceApproved deviceState = "approved"
	deviceDenied   deviceState = "denied"
	deviceUsed     deviceState = "used"
)

// deviceGrant is what became of one device code.
type deviceGrant struct {
	expires  time.Time
	state    deviceState
	interval time.Duration // at present, grown by slow_down
	polled   time.Time     // zero before the first poll
}

// newGrant is the grant behind a user code that nobody decided on yet.
func (p *Portal) newGrant(expires int64) *deviceGrant {
	grant := &deviceGrant{expires: time.Unix(0, expires), state: devicePending, interval: p.config.Interval}
	if p.config.AutoApprove {
		grant.state = deviceApproved
	}
	return grant
}

const (
	userCodeSize   = len("XXXX-XXXX")
	deviceCodeSize = 64
)

func deviceCodePurpose(clientID string) string { return "device code of client " + clientID }

// addDeviceGrant returns a new device code and the user code it holds.
func (p *Portal) addDeviceGrant(clientID string) (deviceCode, userCode string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	userCode = p.freshUserCode()
	expires := p.config.Now().Add(p.config.DeviceTTL).UnixNano()
	p.userCodes[userCode] = p.newGrant(expires)
	sealed := p.sealer.seal(deviceCodePurpose(clientID), deviceCodeSize, p.secrets.bytes(nonceSize), append(packInts(expires), userCode...))
	return p.secrets.remember(base64.RawURLEncoding.EncodeToString(sealed)), userCode
}

func (p *Portal) freshUserCode() string {
	for {
		code := p.secrets.userCode()
		if _, taken := p.userCodes[code]; !taken {
			return code
		}
	}
}

// grant finds what became of a device code. One that was issued in an earlier
// life of the portal is taken up again.
func (p *Portal) grant(clientID, deviceCode string) (grant *deviceGrant, ok bool) {
	sealed, ok := decodeExactly(base64.RawURLEncoding, deviceCode)
	if !ok {
		return nil, false
	}
	plain, ok := p.sealer.open(deviceCodePurpose(clientID), sealed)
	if !ok {
		return nil, false
	}
	userCode := string(plain[8:][:userCodeSize])
	grant, known := p.userCodes[userCode]
	if !known {
		grant = p.newGrant(intAt(plain, 0))
		p.userCodes[userCode] = grant
	}
	return grant, true
}

// redeem exchanges an approved device code for a session, once. A code that is not
// known, another client's or already used is an invalid grant. The caller holds p.mu.
func (p *Portal) redeem(clientID, deviceCode string) (session, until int64, failure *apiError) {
	now := p.config.Now()
	grant, ok := p.grant(clientID, deviceCode)
	switch {
	case !ok || grant.state == deviceUsed:
		return 0, 0, errInvalidGrant
	case grant.state == deviceDenied:
		return 0, 0, errDenied
	case !now.Before(grant.expires):
		return 0, 0, errExpired
	case grant.state != deviceApproved:
		return 0, 0, grant.poll(now)
	}
	grant.state = deviceUsed
	session, until = p.signIn(now)
	return session, until, nil
}

// poll answers a client that asks before the user decided. The first poll may
// come at once; each later one must keep the interval to the one before it,
// refused ones included.
func (g *deviceGrant) poll(now time.Time) *apiError {
	tooFast := !g.polled.IsZero() && now.Sub(g.polled) < g.interval
	g.polled = now
	if tooFast {
		g.interval += slowDownStep
		return errSlowDown
	}
	return errPending
}

// decide settles a pending device code. Case and surrounding space of the
// user code do not matter, as for a person who typed it.
func (p *Portal) decide(userCode string, decision deviceState) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	grant, known := p.userCodes[canonicalUserCode(userCode)]
	if !known || grant.state != devicePending || !p.config.Now().Before(grant.expires) {
		return false
	}
	grant.state = decision
	return true
}

func canonicalUserCode(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// verification is what the verification page can say about a user code.
type verification string

const (
	verificationUnknown  verification = "unknown"
	verificationWaiting  verification = "waiting"
	verificationApproved verification = "approved"
	verificationDenied   verification = "denied"
	verificationExpired  verification = "expired"
)

func (p *Portal) verification(userCode string) verification {
	p.mu.Lock()
	defer p.mu.Unlock()
	grant, known := p.userCodes[canonicalUserCode(userCode)]
	switch {
	case !known:
		return verificationUnknown
	case grant.state == deviceDenied:
		return verificationDenied
	case grant.state == deviceUsed:
		return verificationApproved
	case !p.config.Now().Before(grant.expires):
		return verificationExpired
	case grant.state == deviceApproved:
		return verificationApproved
	}
	return verificationWaiting
}
