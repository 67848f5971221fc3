package portaltest

import (
	"strings"
	"time"
)

// slowDownStep is what slow_down adds to the interval (RFC 8628, section 3.5).
const slowDownStep = 5 * time.Second

type deviceState int

const (
	devicePending deviceState = iota
	deviceApproved
	deviceDenied
	deviceUsed
)

// deviceGrant is one device code and what became of it.
type deviceGrant struct {
	clientID   string
	deviceCode string
	userCode   string
	expires    time.Time
	state      deviceState
	interval   time.Duration // at present, grown by slow_down
	polled     time.Time     // zero before the first poll
}

func (p *Portal) addDeviceGrant(clientID string) *deviceGrant {
	p.mu.Lock()
	defer p.mu.Unlock()
	grant := &deviceGrant{
		clientID:   clientID,
		deviceCode: p.secrets.deviceCode(),
		userCode:   p.freshUserCode(),
		expires:    p.config.Now().Add(p.config.DeviceTTL),
		interval:   p.config.Interval,
	}
	if p.config.AutoApprove {
		grant.state = deviceApproved
	}
	p.devices[grant.deviceCode] = grant
	p.userCodes[grant.userCode] = grant
	return grant
}

func (p *Portal) freshUserCode() string {
	for {
		code := p.secrets.userCode()
		if _, taken := p.userCodes[code]; !taken {
			return code
		}
	}
}

// redeem exchanges an approved device code for an access token, once. A code
// that is not known, another client's or already used is an invalid grant.
func (p *Portal) redeem(clientID, deviceCode string) (token string, failure *apiError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.config.Now()
	grant, known := p.devices[deviceCode]
	switch {
	case !known || grant.clientID != clientID || grant.state == deviceUsed:
		return "", errInvalidGrant
	case grant.state == deviceDenied:
		return "", errDenied
	case !now.Before(grant.expires):
		return "", errExpired
	case grant.state == devicePending:
		return "", grant.poll(now)
	}
	grant.state = deviceUsed
	token = p.secrets.accessToken()
	p.tokens[token] = &accessToken{expires: now.Add(p.config.TokenTTL)}
	return token, nil
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
