//go:build js && wasm

package webext

import "context"

// RemoveOriginHeader makes the browser leave the Origin header out of requests
// that this extension itself sends to domains (host names without port; their
// subdomains count). It is the session rule id, set anew at each call; no
// domains removes the rule. The portal refuses an extension's origin.
func (a API) RemoveOriginHeader(ctx context.Context, id int, domains []string) error {
	update := map[string]any{"removeRuleIds": []any{id}}
	if len(domains) > 0 {
		update["addRules"] = []any{map[string]any{
			"id": id,
			"action": map[string]any{
				"type":           "modifyHeaders",
				"requestHeaders": []any{map[string]any{"header": "origin", "operation": "remove"}},
			},
			"condition": map[string]any{
				"initiatorDomains": []any{a.Host()},
				"requestDomains":   list(domains),
				"resourceTypes":    []any{"xmlhttprequest"},
			},
		}}
	}
	_, err := a.call(ctx, "declarativeNetRequest.updateSessionRules", update)
	return err
}
