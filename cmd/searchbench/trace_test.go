package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"portico/internal/searchtest"
)

func traceOf(set searchtest.Set, seed uint64) (trace []wanted) {
	for _, q := range searchtest.Trace(set, seed, 600, 60) {
		trace = append(trace, wanted{q.AccountID, q.Role, q.Text})
	}
	return trace
}

func mean(typed []int) float64 {
	sum := 0
	for _, n := range typed {
		sum += n
	}
	return float64(sum) / float64(len(typed))
}

// What was used comes up after a letter or two, in each organisation and for each of
// several people. Where all names begin alike, as in a group of banks, the first
// letters say nothing.
func TestWhatWasUsedTakesALetterOrTwo(t *testing.T) {
	most := map[string]float64{"tidy": 2.2, "merged": 2.0, "agency": 2.3, "banks": 2.7}
	for _, set := range searchtest.Sets() {
		for seed := range uint64(4) {
			k := replay(set.Directory, traceOf(set, seed))
			t.Logf("%s: repeats %s; all %s never %d", set.Name, summary(k.repeats), summary(k.all), k.never)
			if got := mean(k.repeats); got > most[set.Name] || len(k.repeats) < 300 {
				t.Errorf("%s, person %d: %.2f letters in the mean of %d", set.Name, seed, got, len(k.repeats))
			}
			if k.never > 6 {
				t.Errorf("%s, person %d: %d never", set.Name, seed, k.never)
			}
		}
	}
}

func TestATraceIsMeasured(t *testing.T) {
	uses := "# uses\n111111111102\tReadOnlyAccess\tpayments dev\n111111111101\tAdministratorAccess\tpayments prod adm\r\n" +
		"111111111102\tReadOnlyAccess\tpayments dev\n111111111101\tAdministratorAccess\tpayments prod adm\n111111111101\tReadOnlyAccess\tnothing like it\n"
	var out strings.Builder
	if err := run([]string{"-directory", write(t, "d.tsv", accounts), "-trace", write(t, "t.tsv", uses)}, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if want := regexp.MustCompile(`^keystrokes mean \d+\.\d median \d+ p90 \d+ never 1$`); !want.MatchString(lines[len(lines)-1]) {
		t.Errorf("the last line is %q", lines[len(lines)-1])
	}
	if want := regexp.MustCompile(`^repeats mean \d\.\d median \d+ p90 \d+ of 2$`); !want.MatchString(lines[0]) {
		t.Errorf("the first is %q", lines[0])
	}
	for want, text := range map[string]string{"t.tsv:2: 2 fields": "1\ta\tb\n1\ta\n", "t.tsv:1: 3 fields": "\ta\tb\n"} {
		err := run([]string{"-directory", write(t, "d.tsv", accounts), "-trace", write(t, "t.tsv", text)}, &strings.Builder{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want one with %q", err, want)
		}
	}
}

// A set's trace can be written and read as others.
func TestATraceOfASetIsOneLikeOthers(t *testing.T) {
	set := searchtest.Tidy()
	var text strings.Builder
	for _, w := range traceOf(set, 1) {
		fmt.Fprintf(&text, "%s\t%s\t%s\n", w.accountID, w.role, w.text)
	}
	file := filepath.Join(t.TempDir(), "trace.tsv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run([]string{"-set", "tidy", "-trace", file}, &out); err != nil || !strings.Contains(out.String(), "keystrokes mean ") {
		t.Errorf("%v\n%s", err, out.String())
	}
}
