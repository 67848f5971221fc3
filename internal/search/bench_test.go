package search

import (
	"slices"
	"testing"
	"time"

	"portico/internal/directory"
)

// The directory of the budget: 20,000 rows, a median of 2 ms and a 90th
// percentile of 5 ms per keystroke in Chromium's WebAssembly.
const (
	benchAccounts = 6700
	benchRoles    = 3
)

var benchQueries = []struct{ name, query string }{
	{"1 letter", "p"},
	{"1 letter everywhere", "a"},
	{"2 letters", "pr"},
	{"2 initials", "aa"},
	{"3 letters", "pay"},
	{"4 letters", "prod"},
	{"4 letters in every e-mail", "corp"},
	{"6 letters", "sandbo"},
	{"8 letters", "payments"},
	{"12 letters", "administrato"},
	{"contraction", "mgmt"},
	{"digit", "1"},
	{"ID", "1234-5678-9012"},
	{"2 terms", "pay admin"},
	{"2 letters that are one", "a a"},
	{"4 terms", "pay prod eu read"},
	{"typo 4", "prdo"},
	{"typo 8", "paymnets"},
	{"typo 12", "admiinstrato"},
	{"typo 2 terms", "paymnets amdin"},
	{"no match", "zzzzqqqq"},
}

func BenchmarkSearch(b *testing.B) {
	ix := NewIndex(organisation(benchAccounts, benchRoles))
	var dst []int32
	for _, q := range benchQueries {
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			dst = ix.Search(q.query, dst) // the vocabulary is made once
			times := make([]time.Duration, 0, b.N)
			for b.Loop() {
				start := time.Now()
				dst = ix.Search(q.query, dst)
				times = append(times, time.Since(start))
			}
			reportPercentiles(b, times)
			b.ReportMetric(float64(len(dst)), "rows")
		})
	}
}

// BenchmarkTyping types whole queries letter by letter.
func BenchmarkTyping(b *testing.B) {
	ix := NewIndex(organisation(benchAccounts, benchRoles))
	var dst []int32
	var times []time.Duration
	for b.Loop() {
		for _, q := range benchQueries {
			for end := 1; end <= len(q.query); end++ {
				start := time.Now()
				dst = ix.Search(q.query[:end], dst)
				times = append(times, time.Since(start))
			}
		}
	}
	reportPercentiles(b, times)
}

func reportPercentiles(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(times[len(times)*9/10].Microseconds()), "p90-µs")
	b.ReportMetric(float64(times[len(times)-1].Microseconds()), "max-µs")
}

func BenchmarkNewIndex(b *testing.B) {
	d := organisation(benchAccounts, benchRoles)
	directory.Sort(d.Accounts) // as it is stored
	b.ReportAllocs()
	for b.Loop() {
		NewIndex(d)
	}
}

func BenchmarkVocabulary(b *testing.B) {
	ix := NewIndex(organisation(benchAccounts, benchRoles))
	b.ReportAllocs()
	for b.Loop() {
		newVocabulary(ix)
	}
}

func BenchmarkHighlight20Rows(b *testing.B) {
	ix := NewIndex(organisation(benchAccounts, benchRoles))
	for _, query := range []string{"pay admin", "mgmt", "paymnets amdin"} {
		b.Run(query, func(b *testing.B) {
			rows := ix.Search(query, nil)
			rows = rows[:min(20, len(rows))]
			b.ReportAllocs()
			for b.Loop() {
				for _, r := range rows {
					ix.Highlight(query, r)
				}
			}
		})
	}
}
