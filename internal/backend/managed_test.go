package backend_test

import (
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// manage has an organisation want something from now on.
func (w *world) manage(policy map[string]string) { w.set(func() { w.browser.policy = policy }) }

func (w *world) managed() message.Managed {
	return message.ParseManaged(w.local.get(message.ManagedKey))
}

func TestAnOrganisationSetsAndLocks(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ok(message.SettingsSet, message.Fields{"region": "eu-west-3", "names": "true"})
		w.manage(map[string]string{"settings.region": "eu-west-1", "settings.secondKey": "true", "settings.names": "false", "settings.listAfter": "6", "locked.0": "names", "locked.1": "secondKey"})
		w.wake()
		want := message.Settings{Region: "eu-west-3", SecondKey: true, ListAfter: "6"}
		if got := w.settings(); got != want {
			t.Errorf("settings are %q", got.Text())
		}
		for _, ask := range []message.Type{message.SettingsSet, message.SettingsCheck} {
			e := w.refused(ask, message.Fields{"listAfter": "1", "secondKey": ""}, message.InvalidInput)
			if e.Field != "secondKey" || !strings.Contains(e.Message, "your organisation") || e.Hint == "" {
				t.Errorf("%+v", e)
			}
		}
		if got := w.settings(); got != want {
			t.Errorf("a refused change left %q", got.Text())
		}
		w.ok(message.SettingsSet, message.Fields{"listAfter": "1", "secondKey": "true"}) // as it is
		writes := w.written()
		w.restart()
		w.wake()
		if got := w.settings(); got.ListAfter != "1" {
			t.Errorf("the same policy undid a choice: %q", got.Text())
		}
		w.ok(message.SettingsGet, nil)
		if n := w.written(); n != writes {
			t.Errorf("the same policy was stored %d times more", n-writes)
		}
		w.manage(nil)
		if got := message.SettingsFrom(w.ok(message.SettingsGet, nil)); got != (message.Settings{Region: "eu-west-3", Names: true, ListAfter: "1"}) {
			t.Errorf("without a policy the settings are %q", got.Text())
		}
		if w.managed() != (message.Managed{}) {
			t.Errorf("of the policy is left %+v", w.managed())
		}
	})
}

// What an organisation wants is checked as what a person types is; what is sound of it
// holds.
func TestWhatCantHoldOfAPolicyIsSaid(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.manage(map[string]string{
			"portals.0.startUrl": "https://acme.awsapps.com/start/", "portals.0.region": "eu-central-1",
			"portals.1.startUrl": "https://acme.awsapps.com.evil.example/start", "portals.1.region": "eu-central-1",
			"portals.2.startUrl": "https://other.awsapps.com/start", "portals.3.startUrl": message.Demo, "portals.4.name": "x",
			"settings.copyFormat": "template", "settings.template": "{x}", "settings.region": "eu-west-1",
			"settings.consent": "1", "settings.noSuch": "x", "settings": "x", "locked.0": "copyFormat", "locked.1": "consent", "locked.2": "region",
			"": "\u202e",
		})
		w.wake()
		m := w.managed()
		if m.Portals != "https://acme.awsapps.com/start\teu-central-1\n" || m.Locked != "region" || w.settings() != (message.Settings{Region: "eu-west-1"}) {
			t.Errorf("%+v, settings %q", m, w.settings().Text())
		}
		said := strings.Split(strings.TrimSuffix(m.Wrong, "\n"), "\n")
		for _, path := range []string{"", "locked.1", "portals.1", "portals.2", "portals.3", "portals.4.name", "settings", "settings.consent", "settings.copyFormat", "settings.noSuch", "settings.template"} {
			found := 0
			for _, line := range said {
				if what, _, _ := strings.Cut(line, ": "); what == path {
					found++
				}
			}
			if found != 1 {
				t.Errorf("%q is said %d times: %q", path, found, said)
			}
		}
		if len(said) != 11 || strings.Contains(m.Wrong, "\u202e") || w.local.get(message.PortalsKey) != "" {
			t.Errorf("%q, portals %q", said, w.local.get(message.PortalsKey))
		}
	})
}

// A browser that can't tell what is wanted changes nothing.
func TestAPolicyThatCantBeReadStays(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.manage(map[string]string{"settings.region": "eu-west-1", "locked.0": "region"})
		w.wake()
		w.set(func() { w.browser.policy, w.browser.broken = nil, errDisk })
		w.restart()
		w.ask(message.Wake, nil)
		if w.settings().Region != "eu-west-1" || !w.managed().Locks("region") {
			t.Errorf("%+v", w.managed())
		}
	})
}

// A token that the organisation wants on no disk is on none once that is known.
func TestAnOrganisationKeepsTokensOffTheDisk(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ok(message.SettingsSet, message.Fields{"staySignedIn": "true"})
		w.stays = true
		w.ready()
		if w.local.get("kept:"+startURL) == "" {
			t.Fatal("nothing was kept")
		}
		w.manage(map[string]string{"locked.0": "staySignedIn"})
		w.wake()
		if w.local.get("kept:"+startURL) != "" || w.settings().StaySignedIn {
			t.Error("the token is on the disk")
		}
	})
}
