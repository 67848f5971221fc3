package backend

import (
	"math"
	"testing"
	"time"
)

func TestExpirationsAreBelievedIfTheyCanBe(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	in := func(d time.Duration) time.Time { return now.Add(d) }
	for name, test := range map[string]struct{ said, want time.Time }{
		"in an hour":                  {in(time.Hour), in(time.Hour)},
		"in twelve hours":             {in(12 * time.Hour), in(12 * time.Hour)},
		"an hour ago, by a bad clock": {in(-time.Hour), in(-time.Hour)},
		"in seconds":                  {time.UnixMilli(in(time.Hour).Unix()), in(time.Hour)},
		"at the epoch":                {time.UnixMilli(0), time.Time{}},
		"before the epoch":            {time.UnixMilli(-1), time.Time{}},
		"next year":                   {in(365 * 24 * time.Hour), time.Time{}},
		"last year":                   {in(-365 * 24 * time.Hour), time.Time{}},
		"in the year 50000":           {time.Date(50000, 1, 1, 0, 0, 0, 0, time.UTC), time.Time{}},
		"in microseconds":             {time.UnixMilli(in(time.Hour).UnixMicro()), time.Time{}},
		"as late as can be":           {time.UnixMilli(math.MaxInt64), time.Time{}},
		"as early as can be":          {time.UnixMilli(math.MinInt64), time.Time{}},
	} {
		if got := believable(test.said, now); !got.Equal(test.want) {
			t.Errorf("%s: %v becomes %v, want %v", name, test.said, got, test.want)
		}
	}
}
