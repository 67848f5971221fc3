// Package digits reads numbers. That of package strconv does it with 10 KB more
// of the popup's compressed program, since its errors quote what is no number.
package digits

import (
	"math"
	"strings"
)

// Parse reads an integer, in a base up to 16. It tells whether s is one that an
// int64 holds; else the number is 0.
func Parse(s string, base int64) (n int64, ok bool) {
	s, negative := strings.CutPrefix(s, "-")
	// Counted down, since there is one negative number more.
	for i := range len(s) {
		d := digit(s[i])
		if d >= base || n < (math.MinInt64+d)/base {
			return 0, false
		}
		n = n*base - d
	}
	switch {
	case negative:
		return n, s != ""
	case n == math.MinInt64:
		return 0, false
	}
	return -n, s != ""
}

func digit(c byte) int64 {
	switch {
	case '0' <= c && c <= '9':
		return int64(c - '0')
	case 'a' <= c && c <= 'f':
		return int64(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int64(c-'A') + 10
	}
	return math.MaxInt64
}
