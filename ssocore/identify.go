package ssocore

import (
	"bytes"
	"strconv"
	"strings"
)

// requestIDHeader is in all the service's own answers.
const requestIDHeader = "x-amzn-requestid"

// throttleCodes are the codes that mean "too many requests" whatever the
// status, as in botocore's standard retry mode.
var throttleCodes = map[string]bool{
	"Throttling":                             true,
	"ThrottlingException":                    true,
	"ThrottledException":                     true,
	"RequestThrottledException":              true,
	"RequestThrottled":                       true,
	"TooManyRequestsException":               true,
	"ProvisionedThroughputExceededException": true,
	"TransactionInProgressException":         true,
	"RequestLimitExceeded":                   true,
	"BandwidthLimitExceeded":                 true,
	"LimitExceededException":                 true,
	"SlowDown":                               true,
	"PriorRequestNotComplete":                true,
	"EC2ThrottledException":                  true,
}

// identify makes an error of an answer whose status is not 2xx. A server error
// whose body is empty or HTML comes from something in front of the service and
// is named by its status alone.
func (call *call) identify(resp *Response) APIError {
	e := APIError{
		Operation: call.op.name,
		Host:      call.service.endpoint.host,
		Code:      strconv.Itoa(resp.Status),
		Status:    resp.Status,
		RequestID: resp.Header[requestIDHeader],
		marked:    resp.isMarked(),
	}
	e.RetryAfter, e.retryAfterCapped = retryAfter(resp.Header)
	if isGenericFailure(resp) {
		e.intercepted = isForeignError(resp, nil, "")
		e.Message = serverErrorText[resp.Status]
		return e
	}
	body, message := errorMembers(resp.Body)
	e.Code = errorCode(resp.Header, body, e.Code)
	e.intercepted = isForeignError(resp, body, e.Code)
	e.Message = orElse(body.first("message", "Message").text, message)
	if call.op.api == OIDCAPI {
		e.OAuthError = body["error"].text
		e.OAuthDescription = body["error_description"].text
		e.Reason = body["reason"].text
		if !body["message"].given && resp.Status >= 400 {
			e.Message = orElse(e.Message, e.OAuthDescription)
		}
	}
	return e
}

func isGenericFailure(resp *Response) bool {
	body := bytes.TrimSpace(resp.Body)
	return resp.Status >= 500 && (len(body) == 0 || bytes.HasPrefix(body, []byte("<html>")))
}

// errorCode returns the code of an error: that of the header x-amzn-errortype,
// else of the body's code, Code or __type, else fallback. Codes arrive as
// namespace#Code:uri, too.
func errorCode(h Header, body errorBody, fallback string) string {
	code, ok := h["x-amzn-errortype"]
	if !ok {
		m := body.first("code", "Code")
		if m.isNull || !m.given {
			m = body["__type"]
		}
		code, ok = m.text, m.given
	}
	if !ok {
		return fallback
	}
	code, _, _ = strings.Cut(code, ":")
	return code[strings.LastIndexByte(code, '#')+1:]
}

// errorBody holds the members of an error's body that have a text.
type errorBody map[string]errorMember

type errorMember struct {
	text          string
	given, isNull bool
}

// first returns the first of the named members that is there, null or not.
func (b errorBody) first(names ...string) errorMember {
	for _, name := range names {
		if m, ok := b[name]; ok {
			return m
		}
	}
	return errorMember{}
}

// errorMembers reads the body of an error: into members if it is an object,
// as a message if it is no JSON at all. Any other JSON says nothing.
func errorMembers(body []byte) (members errorBody, message string) {
	members = errorBody{}
	switch err := readObject(body, members); err {
	case errNotJSON:
		return nil, strings.ToValidUTF8(string(body), "\uFFFD")
	case errEmptyBody:
		return nil, string(body) // blanks, at most
	case errNotObject, errTooDeep:
		return nil, ""
	}
	return members, ""
}

func (b errorBody) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch name, c := r.key(), r.peek(); c {
		case '{', '[':
			r.skip()
		default:
			b[name] = errorMember{text: r.text(), given: true, isNull: c == 'n'}
		}
	}
}

// serverErrorText holds the reason phrases of RFC 9110 section 15.6 and of the
// other registered 5xx codes.
var serverErrorText = map[int]string{
	500: "Internal Server Error",
	501: "Not Implemented",
	502: "Bad Gateway",
	503: "Service Unavailable",
	504: "Gateway Timeout",
	505: "HTTP Version Not Supported",
	506: "Variant Also Negotiates",
	507: "Insufficient Storage",
	508: "Loop Detected",
	510: "Not Extended",
	511: "Network Authentication Required",
}
