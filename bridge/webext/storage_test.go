//go:build js && wasm

package webext

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
)

func TestStorageRoundTrip(t *testing.T) {
	noLeaks(t)
	ctx := soon(t)
	api := newAPI(t, source(fakeChrome))
	for name, area := range map[string]Area{"local": api.Local(), "session": api.Session()} {
		t.Run(name, func(t *testing.T) {
			values := map[string]string{"portals": `[{"url":"é東🚪"}]`, "empty": "", "__proto__": "a key like any other", "big": strings.Repeat("x", 1<<20)}
			if err := area.Set(ctx, values); err != nil {
				t.Fatal(err)
			}
			got, err := area.Get(ctx, "portals", "empty", "__proto__", "big", "missing", "toString")
			if err != nil || !maps.Equal(got, values) {
				t.Errorf("got %d values %v", len(got), err)
			}
			if err := area.Remove(ctx, "big", "missing", "__proto__"); err != nil {
				t.Fatal(err)
			}
			delete(values, "big")
			delete(values, "__proto__")
			if got, err := area.Get(ctx, "portals", "empty", "__proto__", "big"); err != nil || !maps.Equal(got, values) {
				t.Errorf("left %v %v", got, err)
			}
			if got, err := area.Get(ctx); err != nil || len(got) != 0 {
				t.Errorf("no keys gave %v %v", got, err)
			}
		})
	}
}

func TestStorageAreasAreApart(t *testing.T) {
	noLeaks(t)
	ctx := soon(t)
	api := newAPI(t, source(fakeChrome))
	if err := api.Session().Set(ctx, map[string]string{"token": "t"}); err != nil {
		t.Fatal(err)
	}
	if got, err := api.Local().Get(ctx, "token"); err != nil || len(got) != 0 {
		t.Errorf("the local area has %v %v", got, err)
	}
}

func TestStorageTellsValuesThatAreNoStringsFromOthers(t *testing.T) {
	noLeaks(t)
	fake := source(fakeChrome)
	stored := fake.Get("storage").Get("local").Get("stored")
	want := map[string]string{"number": "3", "list": `["a"]`, "null": "null", "object": `{"a":{"b":1}}`}
	for key, value := range want {
		stored.Call("set", key, source(value))
	}
	stored.Call("set", "text", "read as ever")
	got, err := newAPI(t, fake).Local().Get(soon(t), "number", "list", "null", "object", "text", "missing")
	var odd *NoTextError
	if !errors.As(err, &odd) || !maps.Equal(odd.NoText(), want) || !strings.Contains(err.Error(), "list, null, number, object") {
		t.Errorf("got %v", err)
	}
	if !maps.Equal(got, map[string]string{"text": "read as ever"}) {
		t.Errorf("the others are %v", got)
	}
}

func TestStorageFailures(t *testing.T) {
	for name, c := range map[string]struct{ chrome, want string }{
		"rejected":     {`({storage: {local: {set: async () => { throw new Error('QUOTA_BYTES quota exceeded') }}}})`, "storage.local.set: QUOTA_BYTES quota exceeded"},
		"thrown":       {`({storage: {local: {set() { throw new TypeError('bad call') }}}})`, "storage.local.set: TypeError: bad call"},
		"no method":    {`({storage: {local: {}}})`, "storage.local.set: TypeError: root.storage.local.set is not a function"},
		"no area":      {`({storage: {}})`, "storage.local.set: TypeError: Cannot read properties of undefined (reading 'set')"},
		"no namespace": {`({})`, "storage.local.set: TypeError: Cannot read properties of undefined (reading 'local')"},
		"no browser":   {`undefined`, "storage.local.set: TypeError: Cannot read properties of undefined (reading 'storage')"},
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			err := newAPI(t, source(c.chrome)).Local().Set(soon(t), map[string]string{"token": "secret"})
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestStorageGetOfNoObject(t *testing.T) {
	noLeaks(t)
	if _, err := newAPI(t, source(`({storage: {local: {get: async () => {}}}})`)).Local().Get(soon(t), "a"); err == nil {
		t.Error("no error")
	}
}

func TestStorageCancelled(t *testing.T) {
	noLeaks(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	api := newAPI(t, source(`({storage: {local: {get: () => new Promise(resolve => setTimeout(resolve, 20, {}))}}})`))
	if _, err := api.Local().Get(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestFieldsAndObject(t *testing.T) {
	want := map[string]string{"type": "credentials.get", "é": "ü", "": "empty", "__proto__": "own"}
	if got := Fields(Object(want)); !maps.Equal(got, want) {
		t.Errorf("round trip gave %v", got)
	}
	got := Fields(source(`Object.assign(Object.create({inherited: 'no'}), {a: '1', n: 2, o: {}, u: undefined, z: null})`))
	if !maps.Equal(got, map[string]string{"a": "1"}) {
		t.Errorf("got %v, want own strings only", got)
	}
	for _, none := range []string{`undefined`, `null`, `'text'`, `7`} {
		if got := Fields(source(none)); len(got) != 0 {
			t.Errorf("%s has fields %v", none, got)
		}
	}
}
