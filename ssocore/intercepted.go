package ssocore

import (
	"bytes"
	"errors"
	"strings"
)

// Intercepted reports whether an error is the answer of something between here
// and the service: a company's web gateway, the log-in page of a hotel's
// network. Such an answer says nothing about the session, an account or a role,
// whatever its status, and is another one from another network.
//
// It is found by what the service's own answers have and others lack: a request
// ID, the type of an error, JSON where JSON is due. A failure of the 5xx kind is
// not told apart, since the service's load balancers answer without these, too;
// but 511 is by definition a network's own (RFC 6585 section 6).
func Intercepted(err error) bool {
	var refused *APIError
	if errors.As(err, &refused) {
		return refused.intercepted
	}
	var unreadable *DecodeError
	return errors.As(err, &unreadable) && unreadable.intercepted
}

// LoggedOut reports whether what [Client.Logout] returned is the service's own
// word that the session is over: that it has just ended it, or that it knows no
// such session. The answer to a logout has no body by which it could be known, so
// it counts only if its header bears the service's marks.
func LoggedOut(out *LogoutOutput, err error) bool {
	if err == nil {
		return out != nil && out.genuine
	}
	var over *UnauthorizedException
	return errors.As(err, &over) && over.marked
}

// isGenuine reports whether an answer of success without members is the
// service's: it has a request ID, and a page or garbage is not its body.
func isGenuine(resp *Response) bool {
	named := resp.Header[requestIDHeader] != "" || resp.Header["x-amz-request-id"] != ""
	body := bytes.TrimSpace(resp.Body)
	kind := strings.ToLower(resp.Header["content-type"])
	return named && !strings.Contains(kind, "html") && (len(body) == 0 || startsAsObject(body))
}

// isMarked reports whether an answer's header fields are the service's.
func (resp *Response) isMarked() bool {
	for _, name := range []string{requestIDHeader, "x-amz-request-id", "x-amzn-errortype"} {
		if resp.Header[name] != "" {
			return true
		}
	}
	return false
}

// isForeignError reports whether an error's answer has nothing of the service.
func isForeignError(resp *Response, body errorBody, code string) bool {
	isNetworks := resp.Status < 500 || resp.Status == 511
	return isNetworks && !resp.isMarked() && body["__type"].text == "" && !isServiceCode(code)
}

// isServiceCode reports whether a code, which came in the body, is one that AWS
// gives.
func isServiceCode(code string) bool {
	return throttleCodes[code] || strings.HasSuffix(code, "Exception")
}

// isForeignAnswer reports whether an answer of success that can't be read is not
// the service's: a page, or something that does not even begin as JSON would.
func isForeignAnswer(resp *Response, err error) bool {
	if resp.Status == 0 || resp.isMarked() {
		return false
	}
	return isPage(resp) || errors.Is(err, errNotJSON) && !startsAsObject(resp.Body)
}

// isPage reports whether an answer is a web page, which the service never sends.
func isPage(resp *Response) bool {
	kind := strings.ToLower(strings.TrimSpace(resp.Header["content-type"]))
	return strings.HasPrefix(kind, "text/html") && !resp.isMarked() && !startsAsObject(resp.Body)
}

// startsAsObject tells an answer that was cut off, or of the wrong type by its
// header alone, from something else.
func startsAsObject(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{"))
}
