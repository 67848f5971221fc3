package console

import (
	_ "embed" // services.txt
	"iter"
	"strings"
)

// services has a line for each service: its name, the path of its page, the
// partitions that have it, and what else people type for it. Services that are the
// same in all regions have "global" beside the partitions. A part of a service's
// console that people ask for by itself is a line of its own, whose path has a
// fragment.
//
//go:embed services.txt
var services string

// Service is a service that has pages in the console.
type Service struct {
	Name   string // as people call it
	Global bool   // the same in all regions

	path  string
	in    string // partitions, with a blank before and behind each
	words string // the same of words
}

// Services gives all that are known, by name.
func Services() iter.Seq[Service] {
	return func(yield func(Service) bool) {
		for line := range strings.Lines(services) {
			name, line, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " | ")
			path, line, _ := strings.Cut(line, " | ")
			in, words, _ := strings.Cut(line, " |")
			s := Service{Name: name, path: path, in: " " + in + " ", words: words + " "}
			s.Global = s.In("global")
			if !yield(s) {
				return
			}
		}
	}
}

// In tells whether a partition has the service.
func (s Service) In(partition string) bool { return strings.Contains(s.in, " "+partition+" ") }

// Page is the service's page in a region of a partition, or if region is "" in the
// one that was used last. There is none in a partition that lacks the service.
func (s Service) Page(partition, region string) Page {
	if !s.In(partition) || region != "" && !inPartition(region, partition) {
		return Page{}
	}
	if s.Global {
		region = ""
	}
	return pageAt(partition, region, s.path)
}

// called tells whether people mean the service by a word: by its name without
// blanks, or by one of its other words. Case and hyphens are no matter.
func (s Service) called(word string) bool {
	word = run(word)
	return word != "" && (word == run(s.Name) || strings.Contains(s.words, " "+word+" "))
}

// run writes a name as one word.
func run(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(name), "-", ""), " ", "")
}

// serviceAt gives the name of the service that has a path, or the first word of the
// path. Of several the one with the longest path has it.
func serviceAt(path string) string {
	path = path[1:]
	best, of := "", ""
	for s := range Services() {
		if own := s.prefix(); len(own) > len(best) && strings.HasPrefix(path+"/", own) {
			best, of = own, s.Name
		}
	}
	if of == "" {
		of, _, _ = strings.Cut(path, "/")
	}
	return of
}

// prefix is what the paths of all its pages begin with; a part of a service has none.
func (s Service) prefix() string {
	if strings.Contains(s.path, "#") {
		return ""
	}
	prefix := ""
	for segment := range strings.SplitSeq(s.path, "/") {
		if strings.HasPrefix(segment, "home") || len(segment) == 2 && segment[0] == 'v' {
			break // a version of the same pages
		}
		prefix += segment + "/"
	}
	return prefix
}

func isGlobal(name string) bool {
	for s := range Services() {
		if s.Name == name {
			return s.Global
		}
	}
	return false
}
