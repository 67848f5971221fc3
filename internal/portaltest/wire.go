package portaltest

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// service is one of the two services behind the portal. They differ in the
// form of their errors.
type service int

const (
	portalService service = iota
	oidcService
)

// apiError is an error as the services send it.
type apiError struct {
	status  int
	name    string // exception, as in the service model
	oauth   string // RFC 6749 error code, for the sign-in service
	message string
	reason  string // of the sign-in service: what is wrong with the key that an administrator manages
}

func newError(status int, name, oauth, message string) *apiError {
	return &apiError{status: status, name: name, oauth: oauth, message: message}
}

var (
	errForbidden       = newError(http.StatusForbidden, "ForbiddenException", "access_denied", "Forbidden")
	errNoAccess        = newError(http.StatusForbidden, "ForbiddenException", "access_denied", "No access")
	errTooManyRequests = newError(http.StatusTooManyRequests, "TooManyRequestsException", "slow_down", "HTTP 429 Unknown Code")
	errUnauthorized    = newError(http.StatusUnauthorized, "UnauthorizedException", "", "Session token not found or invalid")
)

func errInvalidRequest(message string) *apiError {
	return newError(http.StatusBadRequest, "InvalidRequestException", "invalid_request", message)
}

func errNotFound(message string) *apiError {
	return newError(http.StatusNotFound, "ResourceNotFoundException", "", message)
}

// portalErrorBody is the portal API's error, seen in the field as
// {"message":"HTTP 429 Unknown Code","__type":"com.amazonaws.switchboard.portal#TooManyRequestsException"}.
type portalErrorBody struct {
	Message string `json:"message"`
	Type    string `json:"__type"`
}

// oidcErrorBody is the sign-in service's error: RFC 6749 section 5.2, except
// that the exception's name is in a header and nowhere in the body.
type oidcErrorBody struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
	Reason      string `json:"reason,omitempty"`
}

// unknownOperationBody is what AWS's service framework answers when no
// operation matches method and path.
type unknownOperationBody struct {
	Output struct {
		Type string `json:"__type"`
	}
	Version string
}

func (p *Portal) failUnknownOperation(w http.ResponseWriter) {
	body := unknownOperationBody{Version: "1.0"}
	body.Output.Type = "com.amazon.coral.service#UnknownOperationException"
	w.Header().Set("x-amzn-errortype", "UnknownOperationException")
	p.reply(w, http.StatusNotFound, body)
}

func (p *Portal) fail(w http.ResponseWriter, s service, e *apiError) {
	w.Header().Set("x-amzn-errortype", e.name)
	if s == oidcService {
		p.reply(w, e.status, oidcErrorBody{e.oauth, e.message, e.reason})
		return
	}
	p.reply(w, e.status, portalErrorBody{e.message, "com.amazonaws.switchboard.portal#" + e.name})
}

// reply sends body as JSON, or nothing if body is nil.
func (p *Portal) reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("x-amzn-RequestId", p.requestID())
	if body == nil {
		w.WriteHeader(status)
		return
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic("portaltest: encoding an answer: " + err.Error()) // our own structs always encode
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text) // a client that went away is its own affair
}

func (p *Portal) requestID() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.secrets.uuid()
}

// What follows are the bodies of the SSO portal API 2019-06-10 and the SSO
// OIDC API 2019-06-10. Pointers are members that AWS sends as null.

type listAccountsReply struct {
	NextToken   *string       `json:"nextToken"`
	AccountList []accountInfo `json:"accountList"`
}

type accountInfo struct {
	AccountID    string   `json:"accountId"`
	AccountName  wireText `json:"accountName"`
	EmailAddress wireText `json:"emailAddress"`
}

// wireText is a text of the organisation. Go strings can hold no half of a
// surrogate pair, so U+FFFD stands for one, as it does in what Go makes of such
// an answer; on the wire it is half a pair.
type wireText string

func (t wireText) MarshalJSON() ([]byte, error) {
	text, err := json.Marshal(string(t))
	return bytes.ReplaceAll(text, []byte("\ufffd"), []byte(`\ud800`)), err
}

type listAccountRolesReply struct {
	NextToken *string    `json:"nextToken"`
	RoleList  []roleInfo `json:"roleList"`
}

type roleInfo struct {
	RoleName  wireText `json:"roleName"`
	AccountID string   `json:"accountId"`
}

type getRoleCredentialsReply struct {
	RoleCredentials roleCredentials `json:"roleCredentials"`
}

type roleCredentials struct {
	AccessKeyID     string `json:"accessKeyId"`
	SecretAccessKey string `json:"secretAccessKey"`
	SessionToken    string `json:"sessionToken"`
	Expiration      int64  `json:"expiration"` // Unix milliseconds
}

type registerClientRequest struct {
	ClientName   string   `json:"clientName"`
	ClientType   string   `json:"clientType"`
	Scopes       []string `json:"scopes"`
	GrantTypes   []string `json:"grantTypes"`
	RedirectURIs []string `json:"redirectUris"`
	IssuerURL    string   `json:"issuerUrl"`
}

type registerClientReply struct {
	ClientID              string  `json:"clientId"`
	ClientSecret          string  `json:"clientSecret"`
	ClientIDIssuedAt      int64   `json:"clientIdIssuedAt"`      // Unix seconds
	ClientSecretExpiresAt int64   `json:"clientSecretExpiresAt"` // Unix seconds
	AuthorizationEndpoint *string `json:"authorizationEndpoint"`
	TokenEndpoint         *string `json:"tokenEndpoint"`
}

type startDeviceAuthorizationRequest struct {
	ClientID     string `json:"clientId"`
	ClientSecret string `json:"clientSecret"`
	StartURL     string `json:"startUrl"`
}

type startDeviceAuthorizationReply struct {
	DeviceCode              string `json:"deviceCode"`
	UserCode                string `json:"userCode"`
	VerificationURI         string `json:"verificationUri"`
	VerificationURIComplete string `json:"verificationUriComplete"`
	ExpiresIn               int    `json:"expiresIn"` // seconds
	Interval                int    `json:"interval"`  // seconds
}

type createTokenRequest struct {
	ClientID     string `json:"clientId"`
	ClientSecret string `json:"clientSecret"`
	GrantType    string `json:"grantType"`
	DeviceCode   string `json:"deviceCode"`
	RefreshToken string `json:"refreshToken"`
	Code         string `json:"code"`
	CodeVerifier string `json:"codeVerifier"`
	RedirectURI  string `json:"redirectUri"`
}

type createTokenReply struct {
	AccessToken  string  `json:"accessToken"`
	TokenType    string  `json:"tokenType"`
	ExpiresIn    int     `json:"expiresIn"` // seconds
	RefreshToken *string `json:"refreshToken"`
	IDToken      *string `json:"idToken"`
}
