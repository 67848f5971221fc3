//go:build js && wasm

package webext

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestStorageRoundTrip(t *testing.T) {
	noLeaks(t)
	ctx := soon(t)
	api := New(source(fakeChrome))
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
			keys, err := area.Keys(ctx)
			slices.Sort(keys)
			if err != nil || !slices.Equal(keys, []string{"empty", "portals"}) {
				t.Errorf("keys %v %v", keys, err)
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
	api := New(source(fakeChrome))
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
	got, err := New(fake).Local().Get(soon(t), "number", "list", "null", "object", "text", "missing")
	var odd *NoTextError
	if !errors.As(err, &odd) || !maps.Equal(odd.NoText(), want) || !strings.Contains(err.Error(), "list, null, number, object") {
		t.Errorf("got %v", err)
	}
	if !maps.Equal(got, map[string]string{"text": "read as ever"}) {
		t.Errorf("the others are %v", got)
	}
}

func TestStorageKeysByGetKeys(t *testing.T) {
	noLeaks(t)
	api := New(source(`({storage: {local: {getKeys: async () => ['a', 'b'], get() { throw new Error('values were read') }}}})`))
	keys, err := api.Local().Keys(soon(t))
	if err != nil || !slices.Equal(keys, []string{"a", "b"}) {
		t.Errorf("got %v %v", keys, err)
	}
}

func TestStorageFailures(t *testing.T) {
	for name, c := range map[string]struct{ chrome, want string }{
		"rejected":       {`({storage: {local: {set: async () => { throw new Error('QUOTA_BYTES quota exceeded') }}}})`, "storage.local.set: QUOTA_BYTES quota exceeded"},
		"thrown":         {`({storage: {local: {set() { throw new TypeError('bad call') }}}})`, "storage.local.set: TypeError: bad call"},
		"no method":      {`({storage: {local: {}}})`, "storage.local.set: not available here"},
		"no area":        {`({storage: {}})`, "storage.local.set: not available here"},
		"no namespace":   {`({})`, "storage.local.set: not available here"},
		"no browser":     {`undefined`, "storage.local.set: not available here"},
		"null namespace": {`({storage: null})`, "storage.local.set: not available here"},
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			err := New(source(c.chrome)).Local().Set(soon(t), map[string]string{"token": "secret"})
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if strings.HasSuffix(c.want, "here") != errors.Is(err, ErrUnavailable) {
				t.Errorf("ErrUnavailable does not fit %v", err)
			}
		})
	}
}

func TestStorageGetOfNoObject(t *testing.T) {
	noLeaks(t)
	if _, err := New(source(`({storage: {local: {get: async () => {}}}})`)).Local().Get(soon(t), "a"); err == nil {
		t.Error("no error")
	}
}

func TestStorageCancelled(t *testing.T) {
	noLeaks(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	api := New(source(`({storage: {local: {get: () => new Promise(resolve => setTimeout(resolve, 20, {}))}}})`))
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
