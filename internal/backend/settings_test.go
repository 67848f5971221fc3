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
			if f.ID == list.Template {
				continue // there is none
			}
			want := message.Settings{CopyFormat: f.ID}
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
		if got := w.settings(); got != chosen {
			t.Errorf("after a portal came and went: %+v, want %+v", got, chosen)
		}
	})
}

func TestSettingsThatMeanNothingAreRefused(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		for _, id := range []string{" ", list.Template, "a\u202eb", strings.Repeat("x", 100_000)} {
			e := w.refused(message.SettingsSet, message.Settings{CopyFormat: id}.Fields(), message.InvalidInput)
			if e.Hint == "" || e.Retryable || len(e.Message) > 300 || strings.Contains(e.Message, "\u202e") {
				t.Errorf("%q: %+v", id, e)
			}
		}
		if w.written() > backend.Version { // beside the versions
			t.Error("something was stored")
		}
	})
}

// Two popups change what each knows of, and nothing is lost.
func TestSettingsAreChangedOneByOne(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.wake()
		var all sync.WaitGroup
		for _, patch := range []message.Settings{{CopyFormat: "powershell"}, {PinTold: "true"}, {}} {
			all.Go(func() { w.ok(message.SettingsSet, patch.Fields()) })
		}
		all.Wait()
		if got := w.settings(); got != (message.Settings{CopyFormat: "powershell", PinTold: "true"}) {
			t.Errorf("stored %+v", got)
		}
		w.ok(message.SettingsSet, message.Settings{CopyFormat: "posix"}.Fields())
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
