package backend

import (
	"context"
	"errors"

	"portico/internal/directory"
	"portico/internal/words"
	"portico/ssocore"
)

// verdict is what an error of one account's roles is about.
type verdict int

const (
	// endsListing: about all accounts alike, or ours.
	endsListing verdict = iota
	// doubtful: what mostly is about all accounts alike. The session is over, the
	// quota is used up, the network is gone or answers by itself. Whether it is
	// about this account alone only another call can tell.
	doubtful
	// refusesAccount: the portal's word about this account.
	refusesAccount
	// failsAccount: the portal failed, which may pass.
	failsAccount
)

// Codes of what is wrong with an account where the portal gives none.
const (
	codeUnreadable = "UnreadableAnswer"
	codeEndless    = "EndlessList"
	codeNetwork    = "BlockedByNetwork"
	codeSilent     = "NoAnswer"
)

// errNoList reports an answer of success that does not hold the list that is due.
// To take it for an empty one, or another account's for this one's, would take away
// what was listed before.
var errNoList = errors.New("the portal’s answer does not hold the list that is due")

// verdictOf judges an error that listing an account's roles ended with, and gives
// the code by which the account remembers it.
func verdictOf(err error) (verdict, string) {
	var api *ssocore.APIError
	var endless *ssocore.PaginationError
	var unreadable *ssocore.DecodeError
	var unreached *ssocore.TransportError
	switch {
	case errors.Is(err, context.Canceled):
		return endsListing, ""
	case errors.As(err, &unreached):
		return doubtful, codeSilent
	case ssocore.Intercepted(err):
		return doubtful, codeNetwork
	case errors.As(err, &endless), errors.Is(err, directory.ErrTooLarge):
		return refusesAccount, codeEndless
	case errors.As(err, &unreadable), errors.Is(err, errNoList):
		return failsAccount, codeUnreadable
	case !errors.As(err, &api):
		return endsListing, ""
	case api.Throttled(), api.Status == 401:
		return doubtful, api.Code
	case api.Retryable(), api.Status >= 500:
		return failsAccount, api.Code
	}
	return refusesAccount, api.Code
}

// ofAccount is an error of one account's roles as the sync engine takes it.
// answering tells whether the portal answers for the same token meanwhile.
func ofAccount(err error, answering func() bool) error {
	verdict, code := verdictOf(err)
	switch {
	case verdict == refusesAccount:
		return &directory.RefusedError{Code: code}
	case verdict == failsAccount:
		return &directory.FailingError{Code: code, Err: err}
	case verdict == doubtful && answering():
		return &directory.FailingError{Code: code, Err: sparing(err)}
	}
	return err
}

// sparing is an error without the word that the session is over, which is
// disproved.
func sparing(err error) error {
	var over *ssocore.UnauthorizedException
	if !errors.As(err, &over) {
		return err
	}
	return words.RolesRefused(printable(over.Code))
}
