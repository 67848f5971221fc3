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
	deviceCodeGrant = "urn:ietf:params:oauth:grant-type:device_code"
	accountScope    = "sso:account:access"

	// clientTTL is how long a registration lasts. AWS promises no figure.
	clientTTL = 90 * 24 * time.Hour

	largestBody = 64 << 10
)

var (
	errInvalidClient        = oidcError(http.StatusUnauthorized, "InvalidClientException", "invalid_client", "Client ID or secret is invalid or expired")
	errClientMetadata       = oidcError(http.StatusBadRequest, "InvalidClientMetadataException", "invalid_client_metadata", "clientType must be public")
	errInvalidScope         = oidcError(http.StatusBadRequest, "InvalidScopeException", "invalid_scope", "Scope is not known")
	errUnsupportedGrantType = oidcError(http.StatusBadRequest, "UnsupportedGrantTypeException", "unsupported_grant_type", "Grant type is not supported")
	errInvalidGrant         = oidcError(http.StatusBadRequest, "InvalidGrantException", "invalid_grant", "Device code is invalid or was used before")
	errPending              = oidcError(http.StatusBadRequest, "AuthorizationPendingException", "authorization_pending", "Waiting for the user's decision")
	errSlowDown             = oidcError(http.StatusBadRequest, "SlowDownException", "slow_down", "Polled faster than the interval allows")
	errExpired              = oidcError(http.StatusBadRequest, "ExpiredTokenException", "expired_token", "Device code has expired")
	errDenied               = oidcError(http.StatusBadRequest, "AccessDeniedException", "access_denied", "The user denied the request")
)

func oidcError(status int, name, oauth, message string) *apiError {
	return &apiError{status, name, oauth, message}
}

// registerClient accepts the grant types AWS knows, though [Portal.createToken]
// answers device codes alone, and no scope but sso:account:access.
func (p *Portal) registerClient(w http.ResponseWriter, r *http.Request) {
	var in registerClientRequest
	if !p.readBody(w, r, &in) {
		return
	}
	if failure := checkRegistration(in); failure != nil {
		p.fail(w, oidcService, failure)
		return
	}
	p.reply(w, http.StatusOK, p.addClient(conditionOf(r).skew))
}

func checkRegistration(in registerClientRequest) *apiError {
	known := []string{deviceCodeGrant, "authorization_code", "refresh_token"}
	unknownGrant := func(grant string) bool { return !slices.Contains(known, grant) }
	unknownScope := func(scope string) bool { return scope != accountScope }
	switch {
	case in.ClientName == "" || in.ClientType == "":
		return errInvalidRequest("clientName and clientType are required")
	case in.ClientType != "public":
		return errClientMetadata
	case slices.ContainsFunc(in.GrantTypes, unknownGrant):
		return errUnsupportedGrantType
	case slices.ContainsFunc(in.Scopes, unknownScope):
		return errInvalidScope
	}
	return nil
}

func (p *Portal) addClient(skew time.Duration) registerClientReply {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.config.Now()
	id, expires := p.secrets.clientID(), now.Add(clientTTL)
	sealed := p.sealer.seal(clientPurpose(id), clientSecretSize, p.secrets.bytes(nonceSize), packInts(expires.UnixNano()))
	return registerClientReply{
		ClientID:              id,
		ClientSecret:          p.secrets.remember(base64.RawURLEncoding.EncodeToString(sealed)),
		ClientIDIssuedAt:      now.Add(skew).Unix(),
		ClientSecretExpiresAt: expires.Add(skew).Unix(),
	}
}

const clientSecretSize = 192

func clientPurpose(id string) string { return "secret of client " + id }

// knownClient tells whether id and secret are those of a registration that has
// not expired.
func (p *Portal) knownClient(id, secret string) bool {
	sealed, ok := decodeExactly(base64.RawURLEncoding, secret)
	if !ok {
		return false
	}
	plain, ok := p.sealer.open(clientPurpose(id), sealed)
	return ok && p.config.Now().UnixNano() < intAt(plain, 0)
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
	if !p.knownClient(in.ClientID, in.ClientSecret) {
		p.fail(w, oidcService, errInvalidClient)
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

// createToken checks in this order: members, client, grant type, device code.
func (p *Portal) createToken(w http.ResponseWriter, r *http.Request) {
	var in createTokenRequest
	if !p.readBody(w, r, &in) {
		return
	}
	if in.ClientID == "" || in.ClientSecret == "" || in.GrantType == "" {
		p.fail(w, oidcService, errInvalidRequest("clientId, clientSecret and grantType are required"))
		return
	}
	if !p.knownClient(in.ClientID, in.ClientSecret) {
		p.fail(w, oidcService, errInvalidClient)
		return
	}
	if in.GrantType != deviceCodeGrant {
		p.fail(w, oidcService, errUnsupportedGrantType)
		return
	}
	if in.DeviceCode == "" {
		p.fail(w, oidcService, errInvalidRequest("deviceCode is required"))
		return
	}
	token, failure := p.redeem(in.ClientID, in.DeviceCode)
	if failure != nil {
		p.fail(w, oidcService, failure)
		return
	}
	p.reply(w, http.StatusOK, createTokenReply{
		AccessToken: token,
		TokenType:   "Bearer",
		ExpiresIn:   seconds(p.config.TokenTTL),
	})
}

// readBody decodes the request into in, or answers InvalidRequestException.
func (p *Portal) readBody(w http.ResponseWriter, r *http.Request, in any) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, largestBody)).Decode(in); err != nil {
		p.fail(w, oidcService, errInvalidRequest("Request body is not valid JSON"))
		return false
	}
	return true
}
