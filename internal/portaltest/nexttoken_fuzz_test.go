package portaltest_test

import (
	"net/url"
	"testing"

	"portico/internal/portaltest"
)

// A next token that the portal did not issue is always refused, whatever it
// looks like.
func FuzzForeignNextTokenIsRefused(f *testing.F) {
	for _, seed := range []string{"AAMA+/zz==", `{"nextToken":"a"}`, "a b+c", "%2B%2F%3D", "näxt✓", "\x00", "100"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, next string) {
		if next == "" {
			return // the first page
		}
		b := newBench(t, portaltest.Config{Accounts: 3})
		got := b.send("GET", "/assignment/accounts?next_token="+url.QueryEscape(next), "", "x-amz-sso_bearer_token", *b.signIn())
		if got.status != 400 {
			t.Errorf("%q: %d %s", next, got.status, got.body)
		}
	})
}
