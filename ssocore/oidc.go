package ssocore

import (
	"context"
	"time"
)

// The operations of the AWS IAM Identity Center OIDC API, version 2019-06-10,
// as far as a public client needs them:
// https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_Operations.html

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
	var p params
	p.require("clientName", in.ClientName)
	p.require("clientType", in.ClientType)
	if err := p.err("RegisterClient"); err != nil {
		return nil, err
	}
	var body object
	body.text("clientName", in.ClientName)
	body.text("clientType", in.ClientType)
	body.list("scopes", in.Scopes)
	body.list("redirectUris", in.RedirectURIs)
	body.list("grantTypes", in.GrantTypes)
	body.text("issuerUrl", in.IssuerURL)
	body.text("entitledApplicationArn", in.EntitledApplicationARN)
	call := c.oidcCall("RegisterClient", "/client/register", body)
	resp, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}
	out := new(RegisterClientOutput)
	if err := call.decode(resp, out.decode); err != nil {
		return nil, err
	}
	return out, nil
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
	var p params
	p.require("clientId", in.ClientID)
	p.require("clientSecret", in.ClientSecret.Reveal())
	p.require("startUrl", in.StartURL)
	if err := p.err("StartDeviceAuthorization"); err != nil {
		return nil, err
	}
	var body object
	body.text("clientId", in.ClientID)
	body.text("clientSecret", in.ClientSecret.Reveal())
	body.text("startUrl", in.StartURL)
	call := c.oidcCall("StartDeviceAuthorization", "/device_authorization", body, in.ClientSecret)
	resp, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}
	out := new(StartDeviceAuthorizationOutput)
	if err := call.decode(resp, out.decode); err != nil {
		return nil, err
	}
	return out, nil
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

// CreateTokenOutput is an access token. Members that the answer left out are
// zero.
type CreateTokenOutput struct {
	AccessToken  Secret
	TokenType    string        // "Bearer"
	ExpiresIn    time.Duration // from now
	RefreshToken Secret        // empty if the session can't be refreshed
	IDToken      Secret
}

// CreateToken exchanges a device code, refresh token or authorization code for
// an access token. A device code that the user has not allowed yet is an
// [*AuthorizationPendingException]; the caller polls, this method does not.
func (c *Client) CreateToken(ctx context.Context, in *CreateTokenInput) (*CreateTokenOutput, error) {
	var p params
	p.require("clientId", in.ClientID)
	p.require("clientSecret", in.ClientSecret.Reveal())
	p.require("grantType", in.GrantType)
	if err := p.err("CreateToken"); err != nil {
		return nil, err
	}
	var body object
	body.text("clientId", in.ClientID)
	body.text("clientSecret", in.ClientSecret.Reveal())
	body.text("grantType", in.GrantType)
	body.text("deviceCode", in.DeviceCode.Reveal())
	body.text("refreshToken", in.RefreshToken.Reveal())
	body.list("scope", in.Scope)
	body.text("code", in.Code.Reveal())
	body.text("codeVerifier", in.CodeVerifier.Reveal())
	body.text("redirectUri", in.RedirectURI)
	call := c.oidcCall("CreateToken", "/token", body,
		in.ClientSecret, in.DeviceCode, in.RefreshToken, in.Code, in.CodeVerifier)
	resp, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}
	out := new(CreateTokenOutput)
	if err := call.decode(resp, out.decode); err != nil {
		return nil, err
	}
	return out, nil
}

// oidcCall prepares a request of the OIDC API: JSON in the body, not signed.
func (c *Client) oidcCall(operation, path string, body object, secrets ...Secret) *call {
	return &call{
		operation: operation,
		service:   c.oidc,
		method:    "POST",
		path:      path,
		header:    Header{"content-type": "application/json"},
		body:      body.json(),
		maxBody:   maxBody,
		secrets:   secrets,
	}
}
