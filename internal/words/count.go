package words

import (
	"strconv"
	"strings"
	"time"
)

// Number writes a number with a thin space between thousands.
func Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u2009" + s[i:]
	}
	return s
}

func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Accounts counts accounts.
func Accounts(n int64) string { return count(n, "account", "accounts") }

// Roles counts roles.
func Roles(n int64) string { return count(n, "role", "roles") }

// Matches counts what a search found.
func Matches(n int64) string { return count(n, "match", "matches") }

// Guesses counts what a search can only guess.
func Guesses(n int64) string { return count(n, "guess", "guesses") }

// And names several things.
func And(all []string) string { return strings.Join(all, " and ") }

// Or names things of which one is meant.
func Or(all []string) string { return strings.Join(all, " or ") }

// Minutes says how long something is that many minutes are: in hours, if it is long.
func Minutes(n int64) string {
	if n < 120 {
		return strconv.FormatInt(n, 10) + " min"
	}
	return strconv.FormatInt((n+30)/60, 10) + " h"
}

// Seconds says how long something is that many seconds are.
func Seconds(n int64) string {
	if n < 100 {
		return strconv.FormatInt(n, 10) + " s"
	}
	return Minutes((n + 30) / 60)
}

// Span says how long something is, roughly.
func Span(d time.Duration) string {
	switch d = d.Round(time.Minute); {
	case d < 48*time.Hour:
		return Minutes(int64(d / time.Minute))
	}
	return strconv.Itoa(int(d.Round(24*time.Hour)/(24*time.Hour))) + " days"
}
