package ways

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// often is how often an event happens where what it runs is counted.
const often = 20

// place is a place in a file.
type place struct{ line, col int }

func (p place) before(q place) bool { return p.line < q.line || p.line == q.line && p.col < q.col }

// block is a piece of source that runs from its beginning to its end.
type block struct {
	file     string // as packages are imported: portico/internal/way/file.go
	from, to place
}

// blocks are what was run.
type blocks map[block]bool

// holds tells whether what stands in a function's body at a place was run.
func (run blocks) holds(file string, at place) bool {
	for b := range run {
		if b.file == file && !at.before(b.from) && at.before(b.to) {
			return true
		}
	}
	return false
}

// passed gives the blocks that each event of a test runs: those that run often
// more times where it happens often more times. What begins and ends the test
// stays out, and what some events run alone.
func passed(t *testing.T, pkg, test string) blocks {
	t.Helper()
	few, many := count(t, pkg, test, 1), count(t, pkg, test, 1+often)
	run := make(blocks)
	for b, n := range many {
		if n-few[b] >= often {
			run[b] = true
		}
	}
	return run
}

// within tells whether some of a function's body was run.
func (run blocks) within(body block) bool {
	for b := range run {
		if b.file == body.file && !b.from.before(body.from) && b.from.before(body.to) {
			return true
		}
	}
	return false
}

// count runs a test in which the event happens n times, and gives how often each
// block was run.
func count(t *testing.T, pkg, test string, n int) map[block]int {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	cmd := exec.Command("go", "test", "-count=1", "-run=^"+test+"$", "-covermode=atomic", "-coverprofile="+profile,
		"-coverpkg="+strings.Join(counted, ","), pkg)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", timesName, n))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", test, err, out)
	}
	f, err := os.Open(profile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	counts := make(map[block]int)
	lines := bufio.NewScanner(f)
	for lines.Scan() { // portico/a/b.go:10.20,12.2 1 5
		file, rest, ok := strings.Cut(lines.Text(), ".go:")
		if !ok {
			continue // the mode
		}
		var b block
		var statements, times int
		if _, err := fmt.Sscanf(rest, "%d.%d,%d.%d %d %d", &b.from.line, &b.from.col, &b.to.line, &b.to.col, &statements, &times); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		b.file = file + ".go"
		counts[b] += times
	}
	if len(counts) == 0 {
		t.Fatalf("%s: nothing was counted", test)
	}
	return counts
}
