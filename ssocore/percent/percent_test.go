package percent

import (
	"net/url"
	"testing"

	"pgregory.net/rapid"
)

func TestOnlyUnreservedCharactersStay(t *testing.T) {
	for text, want := range map[string]string{
		"":           "",
		"AZaz09-._~": "AZaz09-._~",
		"a b+c&d=e":  "a%20b%2Bc%26d%3De",
		"#/?:@'!*()": "%23%2F%3F%3A%40%27%21%2A%28%29",
		"ü管\x00\xff": "%C3%BC%E7%AE%A1%00%FF",
	} {
		if got := Encode(text); got != want {
			t.Errorf("%q became %s, want %s", text, got, want)
		}
	}
}

func TestAnyTextSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(t, "text"))
		for _, decode := range []func(string) (string, error){url.PathUnescape, url.QueryUnescape} {
			if back, err := decode(Encode(text)); err != nil || back != text {
				t.Fatalf("%q came back as %q (%v)", text, back, err)
			}
		}
	})
}
