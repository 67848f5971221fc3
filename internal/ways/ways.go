// Package ways finds the functions of ours that one event passes on its way to
// its effect, so that a test can hold docs/architecture.md to them. It is for
// tests alone.
package ways

import (
	"os"
	"strconv"
)

// timesName names the variable that says how often an event is to happen.
const timesName = "PORTICO_WAY"

// Times has an event happen: once, or as often as whoever counts what that runs
// has asked for.
func Times(event func()) {
	n, err := strconv.Atoi(os.Getenv(timesName))
	if err != nil {
		n = 1
	}
	for range n {
		event()
	}
}
