package ssocore

import (
	"testing"
	"time"
)

// dateLayout is what httpDate reads, in package time's words.
const dateLayout = "Mon, 02 Jan 2006 15:04:05 GMT"

func TestHTTPDate(t *testing.T) {
	for _, odd := range []string{
		"", "Tue, 15 Nov 1994 08:12:31 CET", "Tuesday, 15-Nov-94 08:12:31 GMT", "Tue Nov 15 08:12:31 1994", "Tue, 15 Nov 1994 24:12:31 GMT",
		"Tue, 15 Nov 1994 08:60:31 GMT", "Tue, 15 Nov 1994 08:12:60 GMT", "Tue, 31 Nov 1994 08:12:31 GMT", "Tue, 00 Nov 1994 08:12:31 GMT",
		"Tue, 15 Nxv 1994 08:12:31 GMT", "Tue, 15 an  1994 08:12:31 GMT", "Tue, -5 Nov 1994 08:12:31 GMT", "Tue, 15 Nov +994 08:12:31 GMT", "Tue, 1_ Nov 1994 08:12:31 GMT",
	} {
		if got, ok := httpDate(odd); ok {
			t.Errorf("%q is read as %v", odd, got)
		}
	}
	for at := time.Date(1899, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2110; at = at.Add(1234567 * time.Second) {
		if got, ok := httpDate(at.Format(dateLayout)); !ok || !got.Equal(at) {
			t.Fatalf("%v is read as %v, %v", at, got, ok)
		}
	}
}

// What it reads, package time reads alike, but for the day of the week, which nobody
// needs.
func FuzzHTTPDate(f *testing.F) {
	f.Add("Tue, 15 Nov 1994 08:12:31 GMT")
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := httpDate(s)
		want, err := time.Parse(dateLayout[5:], s[min(5, len(s)):])
		if ok && (err != nil || !got.Equal(want)) {
			t.Errorf("%q is read as %v; package time: %v, %v", s, got, want, err)
		}
	})
}
