package backend_test

import (
	"testing"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// Whatever a portal answers with for a while, nothing is asked for without a
// pause, nobody is told a wrong thing, and in the end all is there.
func TestNonsensePasses(t *testing.T) {
	for _, operation := range []string{"ListAccounts", "ListAccountRoles", "CreateToken"} {
		for _, fault := range []portaltest.Fault{portaltest.FaultGateway, portaltest.FaultMissing, portaltest.FaultDeep} {
			t.Run(operation+" "+string(fault), func(t *testing.T) {
				inWorld(t, portaltest.Config{Accounts: 60}, func(w *world) {
					w.showCode()
					w.portal.SetFaults(portaltest.FaultRule{Operation: operation, Fault: fault})
					w.portal.Approve(w.status().UserCode)
					time.Sleep(time.Minute)
					if n := w.portal.Requests()[operation]; n > 250 {
						t.Errorf("%d requests in a minute", n)
					}
					if d := w.directory(); d.Updated != 0 || d.Count(directory.Failed) != 0 {
						t.Errorf("%d accounts failed, updated %d", d.Count(directory.Failed), d.Updated)
					}
					w.portal.SetFaults()
					w.until("listing", 20*time.Minute, func() bool { return w.status().SignIn == message.SignedIn && !pending(w.secretState()) })
					w.listed()
				})
			})
		}
	}
}

func TestNonsenseAtTheBeginningEndsTheSignIn(t *testing.T) {
	for _, operation := range []string{"RegisterClient", "StartDeviceAuthorization"} {
		for _, fault := range []portaltest.Fault{portaltest.FaultGateway, portaltest.FaultMissing, portaltest.FaultDeep} {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.portal.SetFaults(portaltest.FaultRule{Operation: operation, Fault: fault})
				w.add()
				w.ok(message.SignInStart, ref())
				time.Sleep(time.Minute)
				if p := w.status().Problem; p == nil || p.Code != message.PortalFault || w.status().UserCode != "" {
					t.Errorf("%s %s: status %+v", operation, fault, w.status())
				}
				if n := w.portal.Requests()[operation]; n > 10 {
					t.Errorf("%s %s: %d requests in a minute", operation, fault, n)
				}
				w.portal.SetFaults()
				w.ready()
			})
		}
	}
}

func TestListsThatAreOdd(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.portal.SetFaults(portaltest.FaultRule{Operation: "ListAccounts", Fault: portaltest.FaultHoles},
			portaltest.FaultRule{Operation: "ListAccountRoles", Fault: portaltest.FaultHoles})
		w.ready()
		for _, a := range w.directory().Accounts {
			if a.ID == "" || a.Name == "" {
				t.Errorf("%+v is a row", a)
			}
		}
		w.portal.SetFaults(portaltest.FaultRule{Operation: "ListAccounts", Fault: portaltest.FaultEndless})
		answered := func() int { return w.portal.Requests()["ListAccounts"] - w.portal.Throttled() }
		before := answered()
		w.ok(message.SyncStart, ref())
		w.until("problem", time.Minute, func() bool { return w.status().Problem != nil })
		time.Sleep(time.Hour)
		if n := answered() - before; n > 3 || w.directory().Rows() != rows(w.portal) {
			t.Errorf("%d requests, %d rows", n, w.directory().Rows())
		}
	})
}

func TestATimelessPortalServes(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.portal.SetFaults(portaltest.FaultRule{Operation: "RegisterClient", Fault: portaltest.FaultTimeless},
			portaltest.FaultRule{Operation: "CreateToken", Fault: portaltest.FaultTimeless}, portaltest.FaultRule{Operation: "GetRoleCredentials", Fault: portaltest.FaultTimeless})
		w.ready()
		if c := message.CopyFrom(w.ok(message.CredentialsCopy, w.order().Fields())); len(pasted(c)) != 3 || c.Expiration != 0 {
			t.Errorf("credentials that end at %d", c.Expiration)
		}
	})
}
