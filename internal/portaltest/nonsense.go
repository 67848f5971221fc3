package portaltest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const blockPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Access blocked</title></head>
<body>
<h1>Access blocked</h1>
<p>This page is not allowed by your organisation's policy (category: identity).</p>
</body>
</html>
`

// sendBlockPage answers as a company's web gateway does.
func sendBlockPage(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusForbidden)
	_, _ = io.WriteString(w, blockPage)
}

// deepness is how deep FaultDeep nests: what encoding/json still reads.
const deepness = 9990

// sendDeep answers with what is JSON and nothing else.
func (p *Portal) sendDeep(w http.ResponseWriter) {
	p.reply(w, http.StatusOK, json.RawMessage(`{"deep":`+strings.Repeat("[", deepness)+strings.Repeat("]", deepness)+`}`))
}

// altered sends next's answer changed, if it is one of success.
func altered(w http.ResponseWriter, r *http.Request, next http.HandlerFunc, change func(members map[string]any)) {
	held := &heldAnswer{header: w.Header(), status: http.StatusOK}
	next(held, r)
	text := held.body.Bytes()
	var members map[string]any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if held.status == http.StatusOK && decoder.Decode(&members) == nil {
		change(members)
		text, _ = json.Marshal(members) // what was decoded always encodes
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(held.status)
	_, _ = w.Write(text)
}

// endlessTokens are the next pages that FaultEndless names in turn.
var endlessTokens = [...]string{"again-1", "again-2"}

// withoutEnd has a list name one of two next pages, whichever was not asked for.
func withoutEnd(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	query := r.URL.Query()
	turn := 0
	if i := slices.Index(endlessTokens[:], query.Get("next_token")); i >= 0 {
		turn = 1 - i
		query.Del("next_token")
		r = r.Clone(r.Context())
		r.URL = &url.URL{Path: r.URL.Path, RawQuery: query.Encode()}
	}
	altered(w, r, next, func(members map[string]any) { members["nextToken"] = endlessTokens[turn] })
}

// withHoles puts elements into a list that are none, or lack what names them, and
// takes the name of the first account.
func withHoles(members map[string]any) {
	for name, list := range members {
		items, ok := list.([]any)
		if !ok {
			continue
		}
		odd := []any{nil, map[string]any{}, map[string]any{"accountId": nil, "accountName": "of nothing", "roleName": nil}}
		if first, ok := firstOf(items)["accountName"]; ok && first != nil {
			items[0].(map[string]any)["accountName"] = nil
		}
		members[name] = append(odd, items...)
	}
}

func firstOf(items []any) map[string]any {
	if len(items) == 0 {
		return nil
	}
	first, _ := items[0].(map[string]any)
	return first
}

// withoutTimes takes out how long things live and when they end.
func withoutTimes(members map[string]any) {
	maps.DeleteFunc(members, func(name string, value any) bool {
		if inner, ok := value.(map[string]any); ok {
			withoutTimes(inner)
		}
		switch name {
		case "expiresIn", "interval", "clientSecretExpiresAt", "clientIdIssuedAt":
			return true
		}
		if name == "expiration" {
			members[name] = 0 // without any the credentials are none
		}
		return false
	})
}
