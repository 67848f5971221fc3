package backend

import "time"

// longestRole is how long a role's credentials can be good for: twelve hours, and
// time for a clock that is off without our knowing.
const longestRole = 36 * time.Hour

// believable is the time at which credentials that came now are said to expire.
// Now is by the portal's clock, as the time is. A time that can't be is taken for
// what it would be in seconds, if that can be, else for unknown: the credentials
// are good all the same.
func believable(said, now time.Time) time.Time {
	for _, t := range []time.Time{said, time.Unix(said.UnixMilli(), 0)} {
		if left := t.Sub(now); left > -longestRole && left < longestRole {
			return t
		}
	}
	return time.Time{}
}
