package backend_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

func TestSignInsThatFail(t *testing.T) {
	tests := []struct {
		name string
		code message.Code
		act  func(w *world)
	}{
		{"denied", message.Denied, func(w *world) { w.portal.Deny(w.status().UserCode) }},
		{"code expired", message.CodeExpired, func(w *world) { time.Sleep(10 * time.Minute) }},
		{"code expired while no worker lived", message.CodeExpired, func(w *world) {
			w.kill()
			time.Sleep(time.Hour)
			w.begin()
			w.wake()
		}},
		{"code expired while offline", message.CodeExpired, func(w *world) {
			w.net.setOffline(true)
			time.Sleep(11 * time.Minute)
			w.net.setOffline(false)
		}},
		{"portal started again", message.CodeExpired, func(w *world) {
			w.net.setPortal(portaltest.New(portaltest.Config{Seed: 1}))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.showCode()
				test.act(w)
				w.phase(message.SignedOutPhase)
				if p := w.status().Problem; p == nil || p.Code != test.code || p.Hint == "" {
					t.Fatalf("problem %+v, want one of code %s", p, test.code)
				}
				w.quiet()
				w.checkForgotten()
				w.refused(message.SignInOpen, ref(), message.CodeExpired)

				// And again, from the beginning.
				w.ok(message.SignInStart, ref())
				w.phase(message.ShowCode)
				if w.status().Problem != nil {
					t.Errorf("problem %v is left", w.status().Problem)
				}
			})
		})
	}
}

func TestSignInsThatDoNotBegin(t *testing.T) {
	tests := []struct {
		name, path string
		answer     *ssocore.Response
		code       message.Code
	}{
		{"offline", "", nil, message.Offline},
		{"registration refused", "/client/register", refusal(400, "InvalidClientMetadataException"), message.PortalFault},
		{"start URL of another region", "/device_authorization", refusal(400, "InvalidRequestException"), message.InvalidInput},
		{"throttled", "/device_authorization", refusal(429, "TooManyRequestsException"), message.Throttled},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.net.setOffline(test.answer == nil)
				w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
					if strings.HasSuffix(r.URL, test.path) {
						return test.answer
					}
					return nil
				})
				w.add()
				w.ok(message.SignInStart, ref())
				w.until("problem", time.Minute, func() bool { return w.status().Problem != nil })
				if s := w.status(); s.SignIn != message.SignedOutPhase || s.Problem.Code != test.code {
					t.Errorf("status %+v", s)
				}
				w.quiet()
				w.net.setOffline(false)
				w.net.setAnswer(nil)
				w.ready()
				if n := w.portal.Requests()["RegisterClient"]; n != 1 {
					t.Errorf("registered %d times: what was learnt before the failure is lost", n)
				}
			})
		})
	}
}

// A code that nobody can compare with another is no code.
func TestCodesThatCanNotBeReadAreNotShown(t *testing.T) {
	for _, code := range []string{`""`, `"   "`, `"\u200b\u00a0"`, `"--"`, `"\t\n"`, `null`} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
				if !strings.Contains(r.URL, "/device_authorization") {
					return nil
				}
				return &ssocore.Response{Status: 200, Header: ssocore.Header{"content-type": "application/json", "x-amzn-requestid": "r"},
					Body: []byte(`{"deviceCode":"device-code","userCode":` + code + `,"verificationUri":"http://127.0.0.1:8765/device","expiresIn":600}`)}
			})
			w.add()
			w.ok(message.SignInStart, ref())
			w.until("problem", time.Minute, func() bool { return w.status().Problem != nil })
			if s := w.status(); s.Problem.Code != message.PortalFault || s.SignIn != message.SignedOutPhase || s.UserCode != "" {
				t.Errorf("code %s: status %+v", code, s)
			}
			w.quiet()
		})
	}
}

// Nobody is told that time is up before a code was shown.
func TestACodeWithoutALifeIsShown(t *testing.T) {
	for _, life := range []string{"0", "-1", "null", `"0"`, "-99999999999999999999", ""} {
		inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
			w.net.setAnswer(edited("/device_authorization", func(body string) string {
				if life == "" {
					return regexp.MustCompile(`,?"expiresIn":[0-9]+`).ReplaceAllString(body, "")
				}
				return regexp.MustCompile(`"expiresIn":[0-9]+`).ReplaceAllString(body, `"expiresIn":`+life)
			}, w))
			w.showCode()
			if s := w.status(); s.Problem != nil || time.Until(time.UnixMilli(s.CodeExpires)).Round(time.Minute) != 10*time.Minute {
				t.Errorf("life %s: status %+v", life, s)
			}
			w.portal.Approve(w.status().UserCode)
			w.phase(message.SignedIn)
			w.listed()
		})
	}
}

// A token is given once: what is odd beside it does not lose it.
func TestATokenIsUsedWhateverStandsBesideIt(t *testing.T) {
	for _, beside := range []string{`"expiresIn":"soon"`, `"expiresIn":{}`, `"expiresIn":true`, `"expiresIn":28800,"refreshToken":{}`, `"expiresIn":28800,"refreshToken":[1],"idToken":{},"tokenType":[]`} {
		inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
			w.net.setAnswer(edited("/token", func(body string) string {
				return regexp.MustCompile(`"expiresIn":[0-9]+`).ReplaceAllString(body, beside)
			}, w))
			w.ready()
			if s := w.status(); s.SignIn != message.SignedIn || s.Problem != nil {
				t.Errorf("%s: status %+v", beside, s)
			}
		})
	}
}

// edited gives the portal's own answers of a path, changed.
func edited(path string, edit func(body string) string, w *world) func(*ssocore.Request) *ssocore.Response {
	return func(r *ssocore.Request) *ssocore.Response {
		if !strings.HasSuffix(r.URL, path) {
			return nil
		}
		answer := serve(context.Background(), w.net.handler, r)
		was := string(answer.Body)
		if answer.Body = []byte(edit(was)); answer.Status == 200 && string(answer.Body) == was {
			w.t.Errorf("nothing to edit in the answer of %s", path)
		}
		return answer
	}
}
