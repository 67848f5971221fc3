package backend_test

import (
	"strings"
	"sync"
	"testing"

	"portico/internal/backend"
	"portico/internal/credfmt/list"
	"portico/internal/message"
	"portico/internal/portaltest"
)

func (w *world) settings() message.Settings {
	return message.ParseSettings(w.local.get(message.SettingsKey))
}

func TestSettingsAreKept(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		for _, f := range list.Formats() { // before there is any portal
			want := message.Settings{CopyFormat: f.ID, Template: "x {accountId}", Shell: list.JSON}
			w.ok(message.SettingsSet, want.Fields())
			if got := w.settings(); got != want {
				t.Errorf("stored %+v, want %+v", got, want)
			}
		}
		chosen := w.settings()
		w.ready()
		w.restart()
		w.wake()
		w.ok(message.SignOut, ref())
		w.ok(message.PortalRemove, ref())
		if got := w.settings(); got != chosen || message.SettingsFrom(w.ok(message.SettingsGet, nil)) != chosen {
			t.Errorf("after a portal came and went: %+v, want %+v", got, chosen)
		}
	})
}

func TestSettingsThatMeanNothingAreRefused(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		many := strings.Repeat("x", 100_000)
		for _, test := range []struct{ name, value string }{
			{"copyFormat", " "}, {"copyFormat", list.Template}, {"copyFormat", "a\u202eb"}, {"copyFormat", many},
			{"region", "EU West"}, {"region", many}, {"region", "a\nb"}, {"profile", "{account}"}, {"profile", "a b"}, {"profile", "{"},
			{"template", "{x}"}, {"template", "'{accountId}'"}, {"template", "`{accountId}`"}, {"template", "a{"}, {"template", "}"}, {"template", "${accountId}"}, {"template", many},
			{"shell", "tcsh"}, {"clearAfter", "7"}, {"clearAfter", "-30"}, {"listAfter", "2"}, {"listAfter", "-1"}, {"listAfter", "x"},
			{"guarded", "prod\n---"}, {"guarded", "prod / ()"}, {"spared", "."}, {"guarded", many},
			{"portals", "a\tx"}, {"portals", "a\tx\tbeige\n"}, {"portals", "a\t" + strings.Repeat("x", 41) + "\t\n"}, {"portals", "a\tx\u202e\t\n"}, {"portals", many},
			{"rules", "x"}, {"rules", "\t\t\tjson\t"}, {"rules", "\tprod\t\txml\t"}, {"rules", "\tprod\t\ttemplate\t"}, {"rules", "\tprod\t\t\tMars"}, {"rules", "\tprod\t\tjson\t\nx"}, {"rules", "\t---\t\tjson\t"},
			{"rules", "\tprod\t\t\t\tno page\n"}, {"rules", "\tprod\t\t\t\thttps://evil.example/\n"}, {"rules", "\tprod\t\t\t\ts3\tx\n"}, {"rules", "\tprod\t\t\t\t" + many},
		} {
			for _, ask := range []message.Type{message.SettingsSet, message.SettingsSample} {
				e := w.refused(ask, message.Fields{test.name: test.value}, message.InvalidInput)
				if e.Hint == "" || e.Retryable || len(e.Message) > 300 || strings.Contains(e.Message, "\u202e") || e.Field != test.name {
					t.Errorf("%s %.20q: %+v", test.name, test.value, e)
				}
			}
		}
		if w.written() > backend.Version { // beside the versions
			t.Error("something was stored")
		}
	})
}

// What is wrong already keeps nobody from changing something else.
func TestASettingIsCheckedWhenItChanges(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.wake()
		w.set(func() {
			w.local.data[message.SettingsKey] = message.Settings{Region: "Mars", CopyFormat: "of a later version"}.Text()
		})
		w.ok(message.SettingsSet, message.Fields{"names": "true", "no such setting": "x"})
		if got := w.settings(); !got.Names || got.Region != "Mars" {
			t.Errorf("stored %+v", got)
		}
	})
}

func TestASampleShowsWhatSettingsDo(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		s := message.SampleFrom(w.ok(message.SettingsSample, message.Settings{CopyFormat: "fish", Region: "eu-west-1", Names: true, NoExpiry: true,
			Rules: "\tpayments\t\t\tus-west-2"}.Fields()))
		for _, want := range []string{"set -gx AWS_ACCESS_KEY_ID", "set -gx AWS_REGION \"us-west-2\"", "AWS_ACCOUNT_NAME"} {
			if !strings.Contains(s.Text, want) {
				t.Errorf("no %q in %q", want, s.Text)
			}
		}
		if strings.Contains(s.Text, "set -gx AWS_CREDENTIAL_EXPIRATION") || !strings.Contains(s.Unset, "AWS_SESSION_TOKEN") {
			t.Errorf("%+v", s)
		}
		s = message.SampleFrom(w.ok(message.SettingsSample, message.Settings{CopyFormat: list.Template, Template: "login {accountId} as {roleName}", Shell: "plain"}.Fields()))
		if s != (message.Sample{Text: "login 111122223333 as ReadOnly"}) {
			t.Errorf("%+v", s)
		}
	})
}

// Two popups change what each knows of, and nothing is lost.
func TestSettingsAreChangedOneByOne(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.wake()
		var all sync.WaitGroup
		for _, patch := range []message.Settings{{CopyFormat: "powershell"}, {PinTold: "true"}, {}} {
			all.Go(func() { w.ok(message.SettingsSet, patch.Changes(message.Settings{})) })
		}
		all.Wait()
		if got := w.settings(); got != (message.Settings{CopyFormat: "powershell", PinTold: "true"}) {
			t.Errorf("stored %+v", got)
		}
		w.ok(message.SettingsSet, message.Fields{"copyFormat": "posix"})
		if got := w.settings(); got != (message.Settings{CopyFormat: "posix", PinTold: "true"}) {
			t.Errorf("stored %+v", got)
		}
	})
}

func TestSettingsThatCanNotBeStored(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ok(message.SettingsSet, message.Settings{CopyFormat: "powershell"}.Fields())
		w.set(func() { w.disk = failing(message.SettingsKey) })
		e := w.refused(message.SettingsSet, message.Settings{CopyFormat: "posix"}.Fields(), message.Internal)
		if !e.Retryable || w.settings().CopyFormat != "powershell" {
			t.Errorf("%+v; stored %+v", e, w.settings())
		}
	})
}

func TestWorkerKilledWhileSettingsAreStored(t *testing.T) {
	for _, kept := range []bool{false, true} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.ok(message.SettingsSet, message.Settings{CopyFormat: "powershell"}.Fields())
			w.killAtWrite(1, kept)
			w.ask(message.SettingsSet, message.Settings{CopyFormat: "posix"}.Fields())
			w.restart()
			if got := w.settings().CopyFormat; (got == "posix") != kept || got == "" {
				t.Errorf("written: %v, then stored is %q", kept, got)
			}
		})
	}
}
