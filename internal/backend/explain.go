package backend

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
	"portico/internal/words"
	"portico/ssocore"
)

// explain puts an error into words: what happened, and what to do next. None of
// ssocore's errors holds a secret, so their texts may be shown.
func explain(err error) *message.Error {
	if err == nil {
		return nil
	}
	var known *message.Error
	if errors.As(err, &known) {
		return known
	}
	if e := explainPortal(err); e != nil {
		return e
	}
	var wrong *portal.AddressError
	var endless *ssocore.PaginationError
	var unsent *ssocore.ParamError
	var unkept *storeError
	switch {
	case errors.As(err, &unkept):
		return words.StorageFailed(printable(unkept.Error()))
	case errors.As(err, &wrong):
		return noStartURL(wrong)
	case errors.As(err, &endless), errors.Is(err, directory.ErrTooLarge):
		return words.NoEnd()
	case errors.Is(err, errNoList):
		return words.NoList()
	case errors.As(err, &unsent):
		return words.Unsent()
	case errors.Is(err, errStale):
		return words.SignedOutMeanwhile()
	case errors.Is(err, signin.ErrCodeExpired):
		return words.CodeExpired()
	case errors.Is(err, signin.ErrPageExpired):
		return words.PageExpired()
	case errors.Is(err, portal.ErrPage):
		return words.ForeignPage()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return words.TimedOut()
	}
	return words.Fault(sentence(err))
}

// explainPortal explains what ssocore reports; nil if it is none of it.
func explainPortal(err error) *message.Error {
	var (
		unreached  *ssocore.TransportError
		unreadable *ssocore.DecodeError
		api        *ssocore.APIError

		over        *ssocore.UnauthorizedException
		notFound    *ssocore.ResourceNotFoundException
		denied      *ssocore.AccessDeniedException
		late        *ssocore.ExpiredTokenException
		staleClient *ssocore.InvalidClientException
		staleGrant  *ssocore.InvalidGrantException
		invalid     *ssocore.InvalidRequestException
		elsewhere   *ssocore.InvalidRequestRegionException
	)
	switch {
	case errors.As(err, &unreached):
		return words.NoAnswer(unreached.Host)
	case ssocore.Intercepted(err):
		return words.Intercepted(hostOf(err))
	case errors.As(err, &unreadable):
		return words.Unreadable(unreadable.Host)
	case !errors.As(err, &api):
		return nil
	case strings.HasPrefix(api.Reason, "KMS_"):
		return words.KeyTrouble(printable(api.Reason))
	case errors.As(err, &over):
		return words.SessionEnded()
	case api.Status == 403 && api.Operation == "GetRoleCredentials":
		return words.NotGranted()
	case errors.As(err, &notFound) && api.Operation == "GetRoleCredentials":
		return words.NotGrantedAnyMore()
	case errors.As(err, &denied):
		return words.SignInDenied()
	case errors.As(err, &staleClient), errors.As(err, &staleGrant), errors.As(err, &late):
		return words.CutOff()
	case errors.As(err, &elsewhere), errors.As(err, &invalid) && api.Operation == "StartDeviceAuthorization":
		return words.UnknownHere()
	case api.Throttled(), api.Code == "SlowDownException":
		return words.TooMany()
	case api.Status == 403:
		return words.Refused(printable(api.Code))
	}
	answered := words.PortalFailed(printable(api.Code))
	answered.Retryable = api.Status >= 500
	return answered
}

// hostOf gives the host that an answer should have come from.
func hostOf(err error) string {
	var unreadable *ssocore.DecodeError
	if errors.As(err, &unreadable) {
		return unreadable.Host
	}
	var api *ssocore.APIError
	errors.As(err, &api)
	return api.Host
}

// noStartURL says what is wrong with an address, where that is not plain to see.
func noStartURL(e *portal.AddressError) *message.Error {
	host, near := printable(e.Host), printable(e.Near)
	switch e.Reason {
	case portal.NoPortal:
		return words.NoPortal(host)
	case portal.OtherPath:
		return words.OtherPath(host, printable(e.Path), near)
	case portal.PortalID:
		return words.PortalID(host, near)
	case portal.InstanceID:
		return words.InstanceID(host, near)
	case portal.SignInPage:
		return words.NoPortalBut(host, words.SignInPage)
	case portal.Console:
		return words.NoPortalBut(host, words.Console)
	case portal.CodePage:
		return words.NoPortalBut(host, words.CodePage)
	case portal.API:
		return words.NoPortalBut(host, words.API)
	case portal.CustomDomain:
		return words.CustomDomain(host)
	}
	return words.NoAddress()
}

// sentence makes an error's text one that can stand before a person.
func sentence(err error) string {
	text := printable(err.Error())
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

// printable makes foreign text fit for a sentence.
func printable(s string) string {
	const most = 200
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return directory.Escape(s)
}
