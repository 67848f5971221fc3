package backend_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

// rewritten has the answers at a path changed by a pattern.
func (w *world) rewritten(path, pattern, by string) {
	w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
		if !strings.Contains(r.URL, path) {
			return nil
		}
		answer := serve(w.t.Context(), w.portal, r)
		answer.Body = regexp.MustCompile(pattern).ReplaceAll(answer.Body, []byte(by))
		return answer
	})
}

// What the portal says of a token's life may make no sense; the token is used
// until the portal refuses it.
func TestATokenOfNoKnownLifeIsUsedUntilItIsRefused(t *testing.T) {
	for _, said := range []string{"", `"expiresIn":null`, `"expiresIn":0`, `"expiresIn":-1`, `"expiresIn":9223372036854775807`, `"expiresIn":1e30`, `"expiresIn":-1e400`, `"expiresIn":"0"`} {
		t.Run(said, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 3, TokenTTL: 8 * time.Hour}, func(w *world) {
				if said == "" {
					w.rewritten("/token", `"expiresIn":\d+,`, "")
				} else {
					w.rewritten("/token", `"expiresIn":\d+`, said)
				}
				w.signIn()
				w.listed()
				w.restart()
				time.Sleep(7 * time.Hour)
				w.ok(message.CredentialsCopy, w.order().Fields())
				if s := w.status().SignIn; s != message.SignedIn {
					t.Errorf("the session is %q", s)
				}
				time.Sleep(2 * time.Hour)
				w.refused(message.CredentialsCopy, w.order().Fields(), message.Expired)
				w.phase(message.ExpiredPhase)
			})
		})
	}
}

// Credentials are handed over whatever is said of when they end; no time is made
// up.
func TestCredentialsOfNoBelievableEndAreHandedOver(t *testing.T) {
	for said, known := range map[string]bool{
		`"expiration":0`: false, `"expiration":-1`: false, `"expiration":1515628800000000`: false,
		`"expiration":9223372036854775807`: false, `"expiration":"0"`: false,
		`"expiration":${1}`: true, `"expiration":${1}000`: true,
	} {
		inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
			w.ready()
			w.rewritten("/federation/credentials", `"expiration":(\d+)\d{3}`, said)
			c := message.CopyFrom(w.ok(message.CredentialsCopy, w.order().Fields()))
			left := time.Until(time.UnixMilli(c.Expiration))
			if pasted(c)["AWS_SECRET_ACCESS_KEY"] == "" || known != (c.Expiration != 0) || known && (left < 50*time.Minute || left > 13*time.Hour) {
				t.Errorf("%s: expiration %d", said, c.Expiration)
			}
		})
	}
}
