package ssocore

// The errors that the two APIs model, after the lists in the API references of
// IAM Identity Center (portal) and IAM Identity Center OIDC. A code outside its
// API's list is a plain [*APIError].
type (
	// InvalidRequestException reports a parameter the service could not make
	// sense of (400).
	InvalidRequestException struct{ APIError }

	// UnauthorizedException reports an access token that is not or no longer
	// valid (401): sign in again.
	UnauthorizedException struct{ APIError }

	// TooManyRequestsException reports more requests than the quota allows
	// (429).
	TooManyRequestsException struct{ APIError }

	// ResourceNotFoundException reports an account or role that does not exist
	// or is not assigned (404).
	ResourceNotFoundException struct{ APIError }

	// AuthorizationPendingException reports a device code the user has not
	// allowed yet (400): go on polling.
	AuthorizationPendingException struct{ APIError }

	// SlowDownException reports polling faster than the interval (400): add 5 s
	// to it, RFC 8628 section 3.5.
	SlowDownException struct{ APIError }

	// ExpiredTokenException reports a device code or token that is no longer
	// valid (400).
	ExpiredTokenException struct{ APIError }

	// AccessDeniedException reports a request the user or an administrator
	// denied (400).
	AccessDeniedException struct{ APIError }

	// InvalidGrantException reports a code or refresh token that is unknown,
	// used or revoked (400).
	InvalidGrantException struct{ APIError }

	// InvalidScopeException reports a scope the service does not know (400).
	InvalidScopeException struct{ APIError }

	// InvalidRedirectUriException reports a redirect URI that does not match the
	// registration (400).
	InvalidRedirectUriException struct{ APIError }

	// InvalidRequestRegionException reports an Identity Center that lives in
	// another region (400).
	InvalidRequestRegionException struct{ APIError }

	// InvalidClientMetadataException reports a registration with a value that is
	// not allowed (400).
	InvalidClientMetadataException struct{ APIError }

	// InvalidClientException reports a client registration that is unknown or
	// has expired (401): register again.
	InvalidClientException struct{ APIError }

	// UnauthorizedClientException reports a client that may not use this grant
	// (400).
	UnauthorizedClientException struct{ APIError }

	// UnsupportedGrantTypeException reports a grant type the service does not
	// offer (400).
	UnsupportedGrantTypeException struct{ APIError }

	// InternalServerException reports a failure inside the service (500).
	InternalServerException struct{ APIError }
)

// exception makes an API error the type of its code.
type exception func(APIError) error

var portalExceptions = map[string]exception{
	"InvalidRequestException":   func(e APIError) error { return &InvalidRequestException{e} },
	"UnauthorizedException":     func(e APIError) error { return &UnauthorizedException{e} },
	"TooManyRequestsException":  func(e APIError) error { return &TooManyRequestsException{e} },
	"ResourceNotFoundException": func(e APIError) error { return &ResourceNotFoundException{e} },
}

var oidcExceptions = map[string]exception{
	"InvalidRequestException":        func(e APIError) error { return &InvalidRequestException{e} },
	"AuthorizationPendingException":  func(e APIError) error { return &AuthorizationPendingException{e} },
	"SlowDownException":              func(e APIError) error { return &SlowDownException{e} },
	"ExpiredTokenException":          func(e APIError) error { return &ExpiredTokenException{e} },
	"AccessDeniedException":          func(e APIError) error { return &AccessDeniedException{e} },
	"InvalidGrantException":          func(e APIError) error { return &InvalidGrantException{e} },
	"InvalidScopeException":          func(e APIError) error { return &InvalidScopeException{e} },
	"InvalidRedirectUriException":    func(e APIError) error { return &InvalidRedirectUriException{e} },
	"InvalidRequestRegionException":  func(e APIError) error { return &InvalidRequestRegionException{e} },
	"InvalidClientMetadataException": func(e APIError) error { return &InvalidClientMetadataException{e} },
	"InvalidClientException":         func(e APIError) error { return &InvalidClientException{e} },
	"UnauthorizedClientException":    func(e APIError) error { return &UnauthorizedClientException{e} },
	"UnsupportedGrantTypeException":  func(e APIError) error { return &UnsupportedGrantTypeException{e} },
	"InternalServerException":        func(e APIError) error { return &InternalServerException{e} },
}
