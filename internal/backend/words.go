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
		return &message.Error{Code: message.Internal, Retryable: true,
			Message: "The browser’s storage failed (" + printable(unkept.Error()) + ").", Hint: "Make sure there is room on the disk, then try again."}
	case errors.As(err, &wrong):
		return noStartURL(wrong)
	case errors.As(err, &endless), errors.Is(err, directory.ErrTooLarge):
		return &message.Error{Code: message.PortalFault, Message: "The portal’s list has no end, or is too long to be kept.", Hint: "Refresh the list later."}
	case errors.Is(err, errNoList):
		return &message.Error{Code: message.PortalFault, Retryable: true, Message: "The portal’s answer held no list.", Hint: "Try again later."}
	case errors.As(err, &unsent):
		return &message.Error{Code: message.Internal, Message: "What was to be sent to the portal is damaged, so nothing was sent.", Hint: "Sign in again. If it happens again, report it."}
	case errors.Is(err, errStale):
		return &message.Error{Code: message.NotSignedIn, Message: "You signed out meanwhile.", Hint: "Sign in again."}
	case errors.Is(err, signin.ErrCodeExpired):
		return &message.Error{Code: message.CodeExpired, Message: "The code was not approved in time.", Hint: "Sign in again for a new one."}
	case errors.Is(err, portal.ErrPage):
		return &message.Error{Code: message.PortalFault, Message: "The portal named a sign-in page that is not AWS’s, so it was not opened.", Hint: "Check the start URL and the region."}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &message.Error{Code: message.Offline, Message: "The portal did not answer in time.", Hint: "Try again.", Retryable: true}
	}
	return &message.Error{Code: message.Internal, Message: sentence(err), Hint: "Try again. If it happens again, report it.", Retryable: true}
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
		return &message.Error{Code: message.Offline, Retryable: true,
			Message: "No answer from " + unreached.Host + ".", Hint: "Check your network, then try again."}
	case ssocore.Intercepted(err):
		return &message.Error{Code: message.PortalFault, Retryable: true,
			Message: "Your network answered instead of " + hostOf(err) + ".",
			Hint:    "If it has a log-in page, open that; if it blocks the portal, tell whoever runs it. Then try again."}
	case errors.As(err, &unreadable):
		return &message.Error{Code: message.PortalFault, Retryable: true,
			Message: "The answer from " + unreadable.Host + " could not be read.", Hint: "Try again later."}
	case !errors.As(err, &api):
		return nil
	case errors.As(err, &over):
		return &message.Error{Code: message.Expired, Message: "Your session at the portal has ended.", Hint: "Sign in again."}
	case api.Status == 403 && api.Operation == "GetRoleCredentials":
		// The real service says so too of what was assigned after the session began.
		return &message.Error{Code: message.NotAssigned, Message: "The portal does not grant you this role.",
			Hint: "If it was assigned to you a moment ago, sign out and in again. Otherwise refresh the list."}
	case errors.As(err, &notFound) && api.Operation == "GetRoleCredentials":
		return &message.Error{Code: message.NotAssigned, Message: "The portal does not grant you this role any more.", Hint: "Refresh the list."}
	case errors.As(err, &denied):
		return &message.Error{Code: message.Denied, Message: "The sign-in was denied.", Hint: "If that was not you, tell your administrator; otherwise sign in again and choose Allow."}
	case errors.As(err, &staleClient), errors.As(err, &staleGrant), errors.As(err, &late):
		return &message.Error{Code: message.CodeExpired, Message: "The sign-in was cut off.", Hint: "Sign in again for a new code."}
	case errors.As(err, &elsewhere), errors.As(err, &invalid) && api.Operation == "StartDeviceAuthorization":
		return &message.Error{Code: message.InvalidInput, Message: "This region does not know this start URL.", Hint: "Check both: “Access keys” in your portal shows them. Then add the portal again."}
	case api.Throttled():
		return &message.Error{Code: message.Throttled, Retryable: true,
			Message: "The portal is refusing requests because there were too many.", Hint: "Wait a moment, then try again."}
	case api.Status == 403:
		return &message.Error{Code: message.Denied, Message: "The portal refused this (" + printable(api.Code) + ").", Hint: "Ask whoever administers the portal whether access from here is allowed."}
	}
	return &message.Error{Code: message.PortalFault, Retryable: api.Status >= 500,
		Message: "The portal answered with an error (" + printable(api.Code) + ").", Hint: "Try again later."}
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
	said := &message.Error{Code: message.InvalidInput, Field: message.StartURLField, Message: "Not a portal address.", Hint: "It looks like https://….awsapps.com/start."}
	if first, _, _ := strings.Cut(e.Reason, " "); first != "it" && first != "its" {
		said.Message = "Not a portal address: " + printable(e.Reason) + "."
	}
	if strings.Contains(e.Reason, "not an access portal") {
		said.Message = printable(e.Reason) + "." // says it already
	}
	if strings.Contains(e.Reason, "https://") {
		said.Hint = "Enter that, if it is yours."
	}
	if e.CustomDomain != "" {
		said.Message = "Not a portal address: " + printable(e.CustomDomain) + " is not an AWS host."
		said.Hint = "If it is your company’s own, open it and paste the address you land on."
	}
	return said
}

// otherFamily says of a page that approves a code that it is of the other family
// than the portal: there a sign-in may fail late and vaguely.
func otherFamily(p portal.Portal) string {
	page, own := "dual-stack", "IPv4"
	if p.DualStack() {
		page, own = own, page
	}
	return "That page is at the portal’s " + page + " address, not at its " + own + " one, which you added. If signing in fails there, add the portal by that page’s host."
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
