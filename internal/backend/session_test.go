package backend_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

func TestCredentialsAreThoseIssued(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		got := message.CopyFrom(w.ok(message.CredentialsCopy, w.order().Fields()))
		want := w.portal.Credentials()[0]
		if env := pasted(got); !maps.Equal(env, map[string]string{"AWS_ACCESS_KEY_ID": want.AccessKeyID, "AWS_SECRET_ACCESS_KEY": want.SecretAccessKey,
			"AWS_SESSION_TOKEN": want.SessionToken, "AWS_CREDENTIAL_EXPIRATION": want.Expiration.UTC().Format(time.RFC3339)}) || got.Expiration != want.Expiration.UnixMilli() {
			t.Error("other credentials than those issued")
		}
		unassigned := w.order()
		unassigned.RoleName = "Nobody"
		w.refused(message.CredentialsCopy, unassigned.Fields(), message.NotAssigned)
		w.net.setAnswer(func(*ssocore.Request) *ssocore.Response {
			return &ssocore.Response{Status: 200, Body: []byte(`{"roleCredentials":{"accessKeyId":"ASIA"}}`)}
		})
		w.refused(message.CredentialsCopy, w.order().Fields(), message.PortalFault)
		w.net.setAnswer(nil)
		w.net.setOffline(true)
		w.refused(message.CredentialsCopy, w.order().Fields(), message.Offline)
		w.set(func() { w.browser.hosts = false })
		w.refused(message.CredentialsCopy, w.order().Fields(), message.NeedsAccess)
	})
}

// The portal refuses what was assigned after the session began, until there is
// another session.
func TestRoleAssignedAMomentAgo(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		old := w.secretState()["token"]
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if strings.Contains(r.URL, "/federation/credentials") && r.Header["x-amz-sso_bearer_token"] == old {
				return refusal(403, "ForbiddenException")
			}
			return nil
		})
		e := w.refused(message.CredentialsCopy, w.order().Fields(), message.NotAssigned)
		if !strings.Contains(e.Hint, "start a fresh session") {
			t.Errorf("the hint is %q", e.Hint)
		}
		if w.status().SignIn != message.SignedIn {
			t.Errorf("phase %q: it is the role that was refused", w.status().SignIn)
		}
		w.ok(message.SignOut, ref())
		w.ready()
		w.ok(message.CredentialsCopy, w.order().Fields())
	})
}

func TestCredentialsNeedASession(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.add()
		w.refused(message.CredentialsCopy, w.order().Fields(), message.NotSignedIn)
		w.refused(message.SyncStart, ref(), message.NotSignedIn)
	})
}

func TestConsoleNeedsNoSession(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.add()
		r := w.role()
		w.ok(message.ConsoleOpen, r.Fields())
		if want := startURL + "/#/console?account_id=" + r.AccountID + "&role_name=" + r.RoleName; w.browser.opened()[0] != want {
			t.Errorf("opened %q, want %q", w.browser.opened()[0], want)
		}
	})
}

func TestConsoleOpensAtTheServiceThatIsNamed(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.add()
		r := message.Opening{Role: w.role(), Service: "S3"}
		w.ok(message.ConsoleOpen, r.Fields())
		if got := w.browser.opened()[0]; !strings.HasSuffix(got, "&destination=https%3A%2F%2Fconsole.aws.amazon.com%2Fs3%2Fhome") {
			t.Errorf("opened %q", got)
		}
		for _, none := range []string{"s3", "S4", "https://evil.example/", "S3 | s3/home"} {
			r.Service = none
			w.refused(message.ConsoleOpen, r.Fields(), message.InvalidInput)
		}
		if n := len(w.browser.opened()); n != 1 {
			t.Errorf("%d tabs were opened", n)
		}
	})
}

func TestSessionsThatEnd(t *testing.T) {
	ends := map[string]func(w *world){
		"by time, seen by credentials": func(w *world) {
			time.Sleep(time.Hour)
			w.refused(message.CredentialsCopy, w.order().Fields(), message.Expired)
		},
		"by time, seen by a refresh": func(w *world) {
			time.Sleep(time.Hour)
			w.refused(message.SyncStart, ref(), message.Expired)
		},
		"by time, seen by the popup": func(w *world) {
			time.Sleep(time.Hour)
			w.wake()
		},
		"by time, while no worker lived": func(w *world) {
			w.kill()
			time.Sleep(time.Hour)
			w.begin()
			w.wake()
		},
		"by the portal, seen by credentials": func(w *world) {
			w.portal.ExpireTokens()
			w.refused(message.CredentialsCopy, w.order().Fields(), message.Expired)
		},
		"by the portal, seen by a refresh": func(w *world) {
			w.portal.ExpireTokens()
			w.ok(message.SyncStart, ref())
			w.phase(message.ExpiredPhase)
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{TokenTTL: time.Hour}, func(w *world) {
				w.ready()
				end(w)
				if s := w.status(); s.SignIn != message.ExpiredPhase || s.Problem != nil || s.Sync != message.Idle {
					t.Errorf("status %+v", s)
				}
				if w.directory().Rows() != 120 {
					t.Error("the directory was not kept")
				}
				w.quiet()
				if strings.HasPrefix(name, "by the portal") {
					w.checkForgotten() // else the clock may be wrong
				}
				w.refused(message.CredentialsCopy, w.order().Fields(), message.Expired)
				w.ready()
				w.ok(message.CredentialsCopy, w.order().Fields())
			})
		})
	}
}

func TestSessionThatEndsInTheMiddleOfAListing(t *testing.T) {
	for _, seenBy := range []string{"the listing", "credentials"} {
		t.Run("seen by "+seenBy, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 120}, func(w *world) {
				w.signIn()
				time.Sleep(3 * time.Second)
				w.portal.ExpireTokens()
				if seenBy == "credentials" {
					w.refused(message.CredentialsCopy, w.order().Fields(), message.Expired)
				}
				w.phase(message.ExpiredPhase)
				time.Sleep(time.Second) // what is under way ends, and what was learnt is saved
				w.quiet()
				d := w.directory()
				done := d.Count(directory.Done)
				if len(d.Accounts) != 120 || done < 40 || d.Count(directory.Failed) != 0 || w.status().Sync != message.Idle {
					t.Fatalf("%d accounts, %d done; status %+v", len(d.Accounts), done, w.status())
				}
				before := len(w.net.sent("/assignment/roles"))
				w.ready()
				if n := len(w.net.sent("/assignment/roles")) - before; n != 120-done {
					t.Errorf("%d accounts were asked for after signing in again, %d were missing", n, 120-done)
				}
				w.quiet()
			})
		})
	}
}

// An answer to the old session that comes late says nothing of the new one.
func TestLateRefusalDoesNotEndTheNewSession(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.portal.ExpireTokens()
		h := w.net.hold("/federation/credentials")
		answered := make(chan *message.Error)
		go func() {
			_, failure := w.life.backend.Handle(w.life.ctx, message.CredentialsCopy, w.order().Fields())
			answered <- failure
		}()
		<-h.arrived
		w.ready()
		close(h.release)
		if e := <-answered; e == nil || !strings.Contains(e.Message, "renewed") {
			t.Errorf("answer %v", e)
		}
		if w.status().SignIn != message.SignedIn {
			t.Errorf("phase %q", w.status().SignIn)
		}
		w.ok(message.CredentialsCopy, w.order().Fields())
	})
}

// A session may be renewed before it ends. That it ends meanwhile does not
// concern the sign-in.
func TestOldSessionEndingDoesNotEndItsRenewal(t *testing.T) {
	inWorld(t, portaltest.Config{TokenTTL: time.Hour}, func(w *world) {
		w.ready()
		time.Sleep(59 * time.Minute)
		w.ok(message.SignInStart, ref())
		w.phase(message.ShowCode)
		time.Sleep(54*time.Second - 50*time.Millisecond)
		poll := w.net.hold("/token")
		w.portal.Approve(w.status().UserCode)
		<-poll.arrived
		time.Sleep(5 * time.Second)
		w.refused(message.CredentialsCopy, w.order().Fields(), message.Expired)
		w.wake()
		close(poll.release)
		w.phase(message.SignedIn)
		w.ok(message.CredentialsCopy, w.order().Fields())
	})
}

// Who asked is told what became of the session meanwhile.
func TestWhatHappenedMeanwhileIsSaid(t *testing.T) {
	meanwhile := map[string]func(w *world){
		"renewed": func(w *world) {
			w.ok(message.SignInStart, ref())
			w.phase(message.ShowCode)
			w.portal.Approve(w.status().UserCode)
			w.until("renewed", time.Minute, func() bool { return w.status().UserCode == "" })
		},
		"removed":    func(w *world) { w.ok(message.PortalRemove, ref()) },
		"corrected":  func(w *world) { w.elsewhere() },
		"signed out": func(w *world) { w.ok(message.SignOut, ref()) },
	}
	for word, happen := range meanwhile {
		for _, refuses := range []bool{false, true} {
			t.Run(word, func(t *testing.T) {
				inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
					w.ready()
					if refuses {
						w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
							if strings.Contains(r.URL, "/federation/") {
								return refusal(401, "UnauthorizedException")
							}
							return nil
						})
					}
					h := w.net.hold("/federation/credentials")
					answered := make(chan *message.Error)
					go func() {
						_, failure := w.life.backend.Handle(w.life.ctx, message.CredentialsCopy, w.order().Fields())
						answered <- failure
					}()
					<-h.arrived
					happen(w)
					close(h.release)
					if e := <-answered; e == nil || !strings.Contains(e.Message, word) || !strings.Contains(e.Message, "meanwhile") {
						t.Errorf("it says %v", e)
					}
				})
			})
		}
	}
}

// A session of which the token is lost is none that the popup shows, nor one of
// which the end is said to be confirmed.
func TestLostSessionIsNotShown(t *testing.T) {
	lose := func(w *world) { w.set(func() { delete(w.session.data, "session:"+startURL) }) }
	for name, notice := range map[string]func(w *world){
		"the popup":   func(w *world) { w.wake() },
		"credentials": func(w *world) { w.refused(message.CredentialsCopy, w.order().Fields(), message.NotSignedIn) },
		"a refresh":   func(w *world) { w.refused(message.SyncStart, ref(), message.NotSignedIn) },
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
				w.ready()
				lose(w)
				notice(w)
				if s := w.status(); s.SignIn != message.SignedOutPhase {
					t.Errorf("status %+v", s)
				}
			})
		})
	}
	for _, noticed := range []bool{false, true} {
		for _, garbage := range []bool{false, true} {
			for _, end := range []message.Type{message.SignOut, message.PortalRemove} {
				inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
					w.ready()
					lose(w)
					if garbage {
						w.set(func() { w.session.data["session:"+startURL] = "hello" })
					}
					if noticed {
						w.wake()
						w.refused(message.CredentialsCopy, w.order().Fields(), message.NotSignedIn)
					}
					for range 2 {
						result, failure := w.ask(end, ref())
						if failure == nil && (end == message.PortalRemove || message.SignedOutFrom(result).Confirmed) {
							t.Errorf("%s: the end of the session is said to be confirmed (noticed %v, garbage %v)", end, noticed, garbage)
						}
					}
				})
			}
		}
	}
}
