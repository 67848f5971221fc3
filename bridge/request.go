//go:build js && wasm

package bridge

import (
	"errors"
	"strconv"
	"strings"
	"syscall/js"

	"portico/bridge/webext"
	"portico/ssocore"
)

// optionsOf returns fetch's second argument for req: no cookies, no cache, no
// referrer, no redirects (the token would go with them).
func optionsOf(req *ssocore.Request) (js.Value, error) {
	headers, err := headersOf(req.Header)
	if err != nil {
		return js.Undefined(), err
	}
	options := js.Global().Get("Object").New()
	options.Set("method", req.Method)
	options.Set("headers", headers)
	options.Set("redirect", "error")
	options.Set("credentials", "omit")
	options.Set("cache", "no-store")
	options.Set("referrerPolicy", "no-referrer")
	if req.Body != nil {
		body := js.Global().Get("Uint8Array").New(len(req.Body))
		js.CopyBytesToJS(body, req.Body)
		options.Set("body", body)
	}
	return options, nil
}

// headersOf makes a Headers object. What JavaScript says of a bad field is not
// repeated: some engines quote the value.
func headersOf(header ssocore.Header) (js.Value, error) {
	headers := js.Global().Get("Headers").New()
	for name, value := range header {
		if _, err := webext.Call(headers, "set", name, value); err != nil {
			return js.Undefined(), errors.New("header " + strconv.Quote(name) + " can not be sent")
		}
	}
	return headers, nil
}

// placeOf returns the host and path of address, which is what errors may say
// of it, by the parser that fetch itself uses. An address that fetch would refuse is refused here, because the
// engines' own messages quote it whole.
func placeOf(address string) (string, error) {
	u, err := webext.Call(js.Global().Get("Reflect"), "construct", js.Global().Get("URL"), []any{address})
	if err != nil {
		return "", errors.New("malformed URL")
	}
	switch u.Get("protocol").String() {
	case "https:", "http:":
	default:
		return "", errors.New("URL is not http or https")
	}
	if u.Get("username").String() != "" || u.Get("password").String() != "" {
		return "", errors.New("URL holds a user name")
	}
	return u.Get("host").String() + u.Get("pathname").String(), nil
}

// secretLength is the length from which a header's value is looked for in
// error messages: shorter ones are words, longer ones may be tokens.
const secretLength = 12

// withoutSecrets takes out of fetch's own message what it may quote of req:
// the queries of URLs and the values of headers. Other errors are returned as
// they are.
func withoutSecrets(err error, req *ssocore.Request) error {
	thrown, ok := err.(*webext.Error)
	if !ok {
		return err
	}
	message := thrown.Message
	if _, query, _ := strings.Cut(req.URL, "?"); query != "" {
		message = strings.ReplaceAll(message, query, "...")
	}
	for _, value := range req.Header {
		if len(value) >= secretLength {
			message = strings.ReplaceAll(message, value, "...")
		}
	}
	return &webext.Error{Name: thrown.Name, Message: withoutQueries(message)}
}

// withoutQueries cuts every URL in message at its query or fragment.
func withoutQueries(message string) string {
	words := strings.Split(message, " ")
	for i, word := range words {
		scheme := strings.Index(word, "://")
		if scheme < 0 {
			continue
		}
		if query := strings.IndexAny(word[scheme:], "?#"); query >= 0 {
			words[i] = word[:scheme+query] + "..."
		}
	}
	return strings.Join(words, " ")
}
