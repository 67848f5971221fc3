package portaltest

// Faults that are errors of the sign-in service, by their names in its model. They
// change nothing: a code that is refused so can still be redeemed, and the client
// stays registered.
const (
	FaultPending            Fault = "AuthorizationPendingException"
	FaultSlowDown           Fault = "SlowDownException"
	FaultAccessDenied       Fault = "AccessDeniedException"
	FaultExpiredToken       Fault = "ExpiredTokenException"
	FaultInvalidGrant       Fault = "InvalidGrantException"
	FaultInvalidClient      Fault = "InvalidClientException"
	FaultUnauthorizedClient Fault = "UnauthorizedClientException"
	FaultUnsupportedGrant   Fault = "UnsupportedGrantTypeException"
	FaultInvalidScope       Fault = "InvalidScopeException"
	FaultInvalidRedirect    Fault = "InvalidRedirectUriException"
	FaultClientMetadata     Fault = "InvalidClientMetadataException"
	FaultInvalidRequest     Fault = "InvalidRequestException"
)

// Faults that are reasons in such an error: the service can't use the key with which
// an administrator has it encrypt. The first is an AccessDeniedException, the others
// are an InvalidRequestException.
const (
	FaultKeyDenied   Fault = "KMS_AccessDeniedException"
	FaultKeyMissing  Fault = "KMS_NotFoundException"
	FaultKeyUsage    Fault = "KMS_InvalidKeyUsageException"
	FaultKeyState    Fault = "KMS_InvalidStateException"
	FaultKeyDisabled Fault = "KMS_DisabledException"
)

// refusals are what these faults answer.
var refusals = map[Fault]*apiError{
	FaultPending:            errPending,
	FaultSlowDown:           errSlowDown,
	FaultAccessDenied:       errDenied,
	FaultExpiredToken:       errExpired,
	FaultInvalidGrant:       errInvalidGrant,
	FaultInvalidClient:      errInvalidClient,
	FaultUnauthorizedClient: errUnauthorizedClient,
	FaultUnsupportedGrant:   errUnsupportedGrantType,
	FaultInvalidScope:       errInvalidScope,
	FaultInvalidRedirect:    errInvalidRedirect,
	FaultClientMetadata:     errClientMetadata,
	FaultInvalidRequest:     errInvalidRequest("The request is invalid"),
	FaultKeyDenied:          keyTrouble(errDenied, FaultKeyDenied),
	FaultKeyMissing:         keyTrouble(errInvalidRequest(""), FaultKeyMissing),
	FaultKeyUsage:           keyTrouble(errInvalidRequest(""), FaultKeyUsage),
	FaultKeyState:           keyTrouble(errInvalidRequest(""), FaultKeyState),
	FaultKeyDisabled:        keyTrouble(errInvalidRequest(""), FaultKeyDisabled),
}

// keyTrouble is an error with a reason. AWS publishes no description for any.
func keyTrouble(of *apiError, reason Fault) *apiError {
	e := newError(of.status, of.name, of.oauth, "The key can not be used")
	e.reason = string(reason)
	return e
}
