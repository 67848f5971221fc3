package ssocore

import (
	"strconv"
	"strings"
	"time"
)

// months are as HTTP writes them, each with the blanks around it.
const months = " Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec "

// httpDate reads a time as HTTP writes it (RFC 9110 section 5.6.7): always of this
// form, which takes a hundredth of what package time adds to a program for all others.
//
//	Tue, 15 Nov 1994 08:12:31 GMT
func httpDate(s string) (time.Time, bool) {
	const form = "___, __ ___ ____ __:__:__ GMT"
	if len(s) != len(form) {
		return time.Time{}, false
	}
	for i := range form {
		if form[i] != '_' && s[i] != form[i] {
			return time.Time{}, false
		}
	}
	ok := true
	number := func(from, to int) int {
		n, err := strconv.ParseUint(s[from:to], 10, 16)
		ok = ok && err == nil
		return int(n)
	}
	month := strings.Index(months, s[7:12])/4 + 1
	day, year, hour, minute, second := number(5, 7), number(12, 16), number(17, 19), number(20, 22), number(23, 25)
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	ok = ok && strings.Contains(months, s[7:12]) && t.Day() == day && hour < 24 && minute < 60 && second < 60
	return t, ok
}
