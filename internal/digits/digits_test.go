package digits

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// It reads what strconv reads.
func TestParse(t *testing.T) {
	same := func(t rapid.TB, s string, base int64) {
		want, err := strconv.ParseInt(s, int(base), 64)
		reads := err == nil && s[0] != '+'
		if !reads {
			want = 0
		}
		if got, ok := Parse(s, base); ok != reads || got != want {
			t.Errorf("%q in base %d: %d, %t; strconv has %d, %v", s, base, got, ok, want, err)
		}
	}
	for _, s := range []string{"", "-", "+", "0", "-0", "+7", "007", "12a", "ff", "FF", "fg", " 1", "1 ", "1_000", "0x10", "٣", "1.5", "1e3",
		"9223372036854775807", "9223372036854775808", "99999999999999999999", "7fffffffffffffff", "8000000000000000", "-9223372036854775807", "-9223372036854775808", "--1"} {
		same(t, s, 10)
		same(t, s, 16)
	}
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.SampledFrom([]int64{10, 16}).Draw(t, "base")
		same(t, strconv.FormatInt(rapid.Int64().Draw(t, "n"), int(base)), base)
		same(t, rapid.StringOf(rapid.RuneFrom([]rune("+-0123456789abcdefABCDEFgG._ "))).Draw(t, "s"), base)
	})
}
