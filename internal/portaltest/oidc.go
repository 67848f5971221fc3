package portaltest

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	deviceCodeGrant        = "urn:ietf:params:oauth:grant-type:device_code"
	authorizationCodeGrant = "authorization_code"
	refreshTokenGrant      = "refresh_token"
	accountScope           = "sso:account:access"

	// clientTTL is how long a registration lasts. AWS promises no figure.
	clientTTL = 90 * 24 * time.Hour

	largestBody = 64 << 10
)

var (
	errInvalidClient        = newError(http.StatusUnauthorized, "InvalidClientException", "invalid_client", "Client ID or secret is invalid or expired")
	errClientMetadata       = newError(http.StatusBadRequest, "InvalidClientMetadataException", "invalid_client_metadata", "clientType must be public")
	errInvalidScope         = newError(http.StatusBadRequest, "InvalidScopeException", "invalid_scope", "Scope is not known")
	errUnauthorizedClient   = newError(http.StatusBadRequest, "UnauthorizedClientException", "unauthorized_client", "The client is not registered for this grant")
	errUnsupportedGrantType = newError(http.StatusBadRequest, "UnsupportedGrantTypeException", "unsupported_grant_type", "Grant type is not supported")
	errInvalidGrant         = newError(http.StatusBadRequest, "InvalidGrantException", "invalid_grant", "Device code is invalid or was used before")
	errInvalidCode          = newError(http.StatusBadRequest, "InvalidGrantException", "invalid_grant", "Authorization code is invalid, has expired or was used before")
	errInvalidRedirect      = newError(http.StatusBadRequest, "InvalidRedirectUriException", "invalid_redirect_uri", "redirectUris must be loopback addresses without a port")
	errInvalidRefresh       = newError(http.StatusBadRequest, "InvalidGrantException", "invalid_grant", "Refresh token is invalid, was used before, or its session is over")
	errPending              = newError(http.StatusBadRequest, "AuthorizationPendingException", "authorization_pending", "Waiting for the user's decision")
	errSlowDown             = newError(http.StatusBadRequest, "SlowDownException", "slow_down", "Polled faster than the interval allows")
	errExpired              = newError(http.StatusBadRequest, "ExpiredTokenException", "expired_token", "Device code has expired")
	errDenied               = newError(http.StatusBadRequest, "AccessDeniedException", "access_denied", "The user denied the request")
)

// registerClient accepts the grant types AWS knows, but not two ways of signing in
// in one registration, and no scope but sso:account:access. Who signs in by the
// browser has to name the portal, as the page is told none; AWS says of issuerUrl
// that it is needed, and not what becomes of a wrong one.
func (p *Portal) registerClient(w http.ResponseWriter, r *http.Request) {
	var in registerClientRequest
	if !p.readBody(w, r, &in) {
		return
	}
	if failure := p.checkRegistration(in); failure != nil {
		p.fail(w, oidcService, failure)
		return
	}
	p.reply(w, http.StatusOK, p.addClient(in, conditionOf(r).skew))
}

func (p *Portal) checkRegistration(in registerClientRequest) *apiError {
	known := []string{deviceCodeGrant, authorizationCodeGrant, refreshTokenGrant}
	unknownGrant := func(grant string) bool { return !slices.Contains(known, grant) }
	unknownScope := func(scope string) bool { return scope != accountScope }
	byBrowser := slices.Contains(in.GrantTypes, authorizationCodeGrant)
	switch {
	case in.ClientName == "" || in.ClientType == "":
		return errInvalidRequest("clientName and clientType are required")
	case in.ClientType != "public":
		return errClientMetadata
	case slices.ContainsFunc(in.GrantTypes, unknownGrant):
		return errUnsupportedGrantType
	case slices.ContainsFunc(in.Scopes, unknownScope), byBrowser && slices.Contains(in.GrantTypes, deviceCodeGrant):
		return errInvalidScope
	case byBrowser && !areRedirects(in.RedirectURIs):
		return errInvalidRedirect
	case byBrowser && !p.isStartURL(in.IssuerURL):
		return errInvalidRequest("issuerUrl is not this portal's")
	}
	return nil
}

// grants are the ways to a token that a client was registered for.
type grants int64

const (
	refreshes grants = 1 << iota
	byCode           // device codes, not those of the authorization page
)

// addClient registers a client for its grants: device codes if it names none.
func (p *Portal) addClient(in registerClientRequest, skew time.Duration) registerClientReply {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.config.Now()
	expires := now.Add(clientTTL)
	var id string
	var may grants
	if slices.Contains(in.GrantTypes, refreshTokenGrant) {
		may |= refreshes
	}
	if slices.Contains(in.GrantTypes, authorizationCodeGrant) {
		id = p.browserClientID(in.RedirectURIs, expires)
	} else {
		id = p.secrets.clientID()
		may |= byCode
	}
	sealed := p.sealer.seal(clientPurpose(id), clientSecretSize, p.secrets.bytes(nonceSize), packInts(expires.UnixNano(), int64(may)))
	return registerClientReply{
		ClientID:              id,
		ClientSecret:          p.secrets.remember(base64.RawURLEncoding.EncodeToString(sealed)),
		ClientIDIssuedAt:      now.Add(skew).Unix(),
		ClientSecretExpiresAt: expires.Add(skew).Unix(),
	}
}

const clientSecretSize = 192

func clientPurpose(id string) string { return "secret of client " + id }

// client tells whether id and secret are those of a registration that has not
// expired, and what it was registered for.
func (p *Portal) client(id, secret string) (may grants, known bool) {
	sealed, ok := decodeExactly(base64.RawURLEncoding, secret)
	if !ok {
		return 0, false
	}
	plain, ok := p.sealer.open(clientPurpose(id), sealed)
	if !ok {
		return 0, false
	}
	return grants(intAt(plain, 1)), p.config.Now().UnixNano() < intAt(plain, 0)
}

// startDeviceAuthorization takes any start URL whose path is ours, so that a
// test may call the portal by a real one's name.
func (p *Portal) startDeviceAuthorization(w http.ResponseWriter, r *http.Request) {
	var in startDeviceAuthorizationRequest
	if !p.readBody(w, r, &in) {
		return
	}
	if in.ClientID == "" || in.ClientSecret == "" || in.StartURL == "" {
		p.fail(w, oidcService, errInvalidRequest("clientId, clientSecret and startUrl are required"))
		return
	}
	may, known := p.client(in.ClientID, in.ClientSecret)
	if !known {
		p.fail(w, oidcService, errInvalidClient)
		return
	}
	if may&byCode == 0 {
		p.fail(w, oidcService, errUnauthorizedClient)
		return
	}
	if !p.isStartURL(in.StartURL) {
		p.fail(w, oidcService, errInvalidRequest("startUrl is not this portal's"))
		return
	}
	deviceCode, userCode := p.addDeviceGrant(in.ClientID)
	page := p.startURL(r) + "/#/device"
	p.reply(w, http.StatusOK, startDeviceAuthorizationReply{
		DeviceCode:              deviceCode,
		UserCode:                userCode,
		VerificationURI:         page,
		VerificationURIComplete: page + "?user_code=" + userCode,
		ExpiresIn:               seconds(p.config.DeviceTTL),
		Interval:                seconds(p.config.Interval),
	})
}

// startURL is where the portal's pages are.
func (p *Portal) startURL(r *http.Request) string {
	if p.config.StartURL != "" {
		return p.config.StartURL
	}
	if at := p.siteURL(r); at != "" {
		return at
	}
	return baseURL(r) + startPath
}

func (p *Portal) isStartURL(s string) bool {
	if p.config.StartURL != "" {
		return s == p.config.StartURL
	}
	if len(p.config.Sites) > 0 {
		return p.isSiteURL(s)
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return false
	}
	return strings.TrimRight(u.Path, "/") == startPath
}

// seconds rounds up: a client that waits them out has waited long enough.
func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// createToken checks in this order: members, client, grant type, code or token.
func (p *Portal) createToken(w http.ResponseWriter, r *http.Request) {
	var in createTokenRequest
	if !p.readBody(w, r, &in) {
		return
	}
	if in.ClientID == "" || in.ClientSecret == "" || in.GrantType == "" {
		p.fail(w, oidcService, errInvalidRequest("clientId, clientSecret and grantType are required"))
		return
	}
	may, known := p.client(in.ClientID, in.ClientSecret)
	if !known {
		p.fail(w, oidcService, errInvalidClient)
		return
	}
	reply, failure := p.grantToken(in, may)
	if failure != nil {
		p.fail(w, oidcService, failure)
		return
	}
	p.reply(w, http.StatusOK, reply)
}

// grantToken gives a token for a code of either kind or a refresh token. The next refresh
// token comes with it, if the client was registered for that.
func (p *Portal) grantToken(in createTokenRequest, may grants) (*createTokenReply, *apiError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var session, until int64
	signIn := p.sessions.stamp(p.config.Now())
	var failure *apiError
	switch {
	case in.GrantType == deviceCodeGrant && may&byCode == 0, in.GrantType == authorizationCodeGrant && may&byCode != 0:
		failure = errUnauthorizedClient
	case in.GrantType == authorizationCodeGrant && (in.Code == "" || in.CodeVerifier == "" || in.RedirectURI == ""):
		failure = errInvalidRequest("code, codeVerifier and redirectUri are required")
	case in.GrantType == authorizationCodeGrant:
		session, until, failure = p.redeemCode(in)
	case in.GrantType == deviceCodeGrant && in.DeviceCode == "":
		failure = errInvalidRequest("deviceCode is required")
	case in.GrantType == deviceCodeGrant:
		session, until, failure = p.redeem(in.ClientID, in.DeviceCode)
	case in.GrantType == refreshTokenGrant && may&refreshes == 0:
		failure = errUnauthorizedClient
	case in.GrantType == refreshTokenGrant && in.RefreshToken == "":
		failure = errInvalidRequest("refreshToken is required")
	case in.GrantType == refreshTokenGrant:
		session, until, signIn, failure = p.refresh(in.ClientID, in.RefreshToken)
	default:
		failure = errUnsupportedGrantType
	}
	if failure != nil {
		return nil, failure
	}
	now := p.config.Now()
	token, expires := p.issueToken(now, session, until)
	reply := &createTokenReply{AccessToken: token, TokenType: "Bearer", ExpiresIn: seconds(time.Duration(expires - now.UnixNano()))}
	if may&refreshes != 0 && p.config.SessionTTL > 0 {
		next := p.issueRefresh(in.ClientID, session, until, signIn)
		reply.RefreshToken = &next
	}
	return reply, nil
}

// readBody decodes the request into in, or answers InvalidRequestException.
func (p *Portal) readBody(w http.ResponseWriter, r *http.Request, in any) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, largestBody)).Decode(in); err != nil {
		p.fail(w, oidcService, errInvalidRequest("Request body is not valid JSON"))
		return false
	}
	return true
}
