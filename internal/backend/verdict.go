package backend

import (
	"context"
	"errors"

	"portico/internal/directory"
	"portico/ssocore"
)

// verdict is what an error of one account's roles is about.
type verdict int

const (
	// endsListing: about all accounts alike. The session is over, the quota is
	// used up, the network is gone or answers by itself.
	endsListing verdict = iota
	// refusesAccount: the portal's word about this account.
	refusesAccount
	// failsAccount: the portal failed, which may pass.
	failsAccount
)

// Codes of what is wrong with an account where the portal gives none.
const (
	codeUnreadable = "UnreadableAnswer"
	codeEndless    = "EndlessList"
)

// errNoList reports an answer of success that holds no list where one is due. To
// take it for an empty one would take everything away that was listed before.
var errNoList = errors.New("the portal’s answer holds no list")

// verdictOf judges an error that listing an account's roles ended with, and gives
// the code by which the account remembers it.
func verdictOf(err error) (verdict, string) {
	var api *ssocore.APIError
	var over *ssocore.UnauthorizedException
	var endless *ssocore.PaginationError
	var unreadable *ssocore.DecodeError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
		errors.As(err, &over), ssocore.Intercepted(err):
		return endsListing, ""
	case errors.As(err, &endless), errors.Is(err, directory.ErrTooLarge):
		return refusesAccount, codeEndless
	case errors.As(err, &unreadable), errors.Is(err, errNoList):
		return failsAccount, codeUnreadable
	case !errors.As(err, &api), api.Throttled(), api.Status == 401:
		return endsListing, ""
	case api.Retryable(), api.Status >= 500:
		return failsAccount, api.Code
	}
	return refusesAccount, api.Code
}

// ofAccount is an error of one account's roles as the sync engine takes it.
func ofAccount(err error) error {
	switch verdict, code := verdictOf(err); verdict {
	case refusesAccount:
		return &directory.RefusedError{Code: code}
	case failsAccount:
		return &directory.FailingError{Code: code, Err: err}
	}
	return err
}
