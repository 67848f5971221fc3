//go:build js && wasm

package webext

import (
	"context"
	"strings"
)

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

// CatchRedirect leads pages at address, with whatever query, on to a page of this
// extension, query included. It is the session rule id, set anew at each call; no
// address removes it. The address's host has to be granted, and page has to be
// accessible to where the address is led to from.
func (a API) CatchRedirect(ctx context.Context, id int, address, page string) error {
	update := map[string]any{"removeRuleIds": []any{id}}
	if address != "" {
		update["addRules"] = []any{map[string]any{
			"id": id,
			"action": map[string]any{
				"type":     "redirect",
				"redirect": map[string]any{"regexSubstitution": a.URL(page) + `\1`},
			},
			"condition": map[string]any{
				"regexFilter":   "^" + strings.ReplaceAll(address, ".", `\.`) + `(\?.*)$`,
				"resourceTypes": []any{"main_frame"},
			},
		}}
	}
	_, err := a.call(ctx, "declarativeNetRequest.updateSessionRules", update)
	return err
}
