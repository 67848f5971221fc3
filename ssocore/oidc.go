package ssocore

import (
	"context"
	"time"
)

// Values of RegisterClientInput and CreateTokenInput.
const (
	ClientTypePublic   = "public"
	ScopeAccountAccess = "sso:account:access"

	GrantTypeDeviceCode        = "urn:ietf:params:oauth:grant-type:device_code"
	GrantTypeRefreshToken      = "refresh_token"
	GrantTypeAuthorizationCode = "authorization_code"
)

// RegisterClientInput describes the client to register.
type RegisterClientInput struct {
	ClientName             string // required; the user is shown it
	ClientType             string // required: ClientTypePublic
	Scopes                 []string
	GrantTypes             []string
	RedirectURIs           []string
	IssuerURL              string
	EntitledApplicationARN string
}

// RegisterClientOutput is a registration.
type RegisterClientOutput struct {
	ClientID              string
	ClientSecret          Secret
	ClientIDIssuedAt      time.Time
	ClientSecretExpiresAt time.Time // when to register again
	AuthorizationEndpoint string
	TokenEndpoint         string
}

// RegisterClient registers a client, for use until ClientSecretExpiresAt.
func (c *Client) RegisterClient(ctx context.Context, in *RegisterClientInput) (*RegisterClientOutput, error) {
	return outputOf(invoke[RegisterClientOutput](ctx, c, &opRegisterClient, in.args()))
}

func (in *RegisterClientInput) args() args {
	var a args
	a.text("clientName", in.ClientName)
	a.text("clientType", in.ClientType)
	a.list("scopes", in.Scopes)
	a.list("redirectUris", in.RedirectURIs)
	a.list("grantTypes", in.GrantTypes)
	a.text("issuerUrl", in.IssuerURL)
	a.text("entitledApplicationArn", in.EntitledApplicationARN)
	return a
}

// StartDeviceAuthorizationInput asks for a device code.
type StartDeviceAuthorizationInput struct {
	ClientID     string // required
	ClientSecret Secret // required
	StartURL     string // required: the portal's
}

// StartDeviceAuthorizationOutput is a device code and where the user allows it
// (RFC 8628 section 3.2).
type StartDeviceAuthorizationOutput struct {
	DeviceCode              Secret
	UserCode                string
	VerificationURI         string
	VerificationURIComplete string        // with the user code in it
	ExpiresIn               time.Duration // how long both codes live
	Interval                time.Duration // between polls; 0 when not said, which means 5 s
}

// StartDeviceAuthorization begins a sign-in with a device code.
func (c *Client) StartDeviceAuthorization(ctx context.Context, in *StartDeviceAuthorizationInput) (*StartDeviceAuthorizationOutput, error) {
	return outputOf(invoke[StartDeviceAuthorizationOutput](ctx, c, &opStartDeviceAuthorization, in.args()))
}

func (in *StartDeviceAuthorizationInput) args() args {
	var a args
	a.text("clientId", in.ClientID)
	a.secret("clientSecret", in.ClientSecret)
	a.text("startUrl", in.StartURL)
	return a
}

// CreateTokenInput exchanges a grant for an access token. Which of the other
// members a grant type needs, the service decides.
type CreateTokenInput struct {
	ClientID     string // required
	ClientSecret Secret // required
	GrantType    string // required: one of the GrantType constants

	DeviceCode Secret // for GrantTypeDeviceCode

	RefreshToken Secret   // for GrantTypeRefreshToken
	Scope        []string // for GrantTypeRefreshToken

	Code         Secret // for GrantTypeAuthorizationCode
	CodeVerifier Secret // for GrantTypeAuthorizationCode, RFC 7636
	RedirectURI  string // for GrantTypeAuthorizationCode
}

// CreateTokenOutput is an access token. Other members that the answer left out
// are zero.
type CreateTokenOutput struct {
	AccessToken  Secret
	TokenType    string        // "Bearer"
	ExpiresIn    time.Duration // from now; 0 when not said: until the service refuses the token
	RefreshToken Secret        // empty if the session can't be refreshed
	IDToken      Secret
}

// CreateToken exchanges a device code, refresh token or authorization code for
// an access token. A device code that the user has not allowed yet is an
// [*AuthorizationPendingException]; the caller polls, this method does not.
func (c *Client) CreateToken(ctx context.Context, in *CreateTokenInput) (*CreateTokenOutput, error) {
	return outputOf(invoke[CreateTokenOutput](ctx, c, &opCreateToken, in.args()))
}

func (in *CreateTokenInput) args() args {
	var a args
	a.text("clientId", in.ClientID)
	a.secret("clientSecret", in.ClientSecret)
	a.text("grantType", in.GrantType)
	a.secret("deviceCode", in.DeviceCode)
	a.secret("code", in.Code)
	a.secret("refreshToken", in.RefreshToken)
	a.list("scope", in.Scope)
	a.text("redirectUri", in.RedirectURI)
	a.secret("codeVerifier", in.CodeVerifier)
	return a
}
