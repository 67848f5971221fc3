package console

import (
	_ "embed" // services.txt
	"strings"
)

// services has a line for each service: its name, the path of its page and the
// partitions that have it. Services that are the same in all regions have "global"
// beside the partitions. A part of a service's
// console that people ask for by itself is a line of its own, whose path has a
// fragment.
//
//go:embed services.txt
var services string

// Service is a service that has pages in the console.
type Service struct {
	Name   string // as people call it
	Global bool   // the same in all regions

	path string
	in   string // partitions, with blanks between
}

// next reads the first of the lines, which are more than none.
func next(lines string) (s Service, rest string) {
	line, rest, _ := strings.Cut(lines, "\n")
	s.Name, line, _ = strings.Cut(line, " | ")
	s.path, s.in, _ = strings.Cut(line, " | ")
	s.Global = has(s.in, "global")
	return s, rest
}

func has(list, word string) bool {
	for list != "" {
		var first string
		if first, list, _ = strings.Cut(list, " "); first == word {
			return true
		}
	}
	return false
}

// In tells whether a partition has the service.
func (s Service) In(partition string) bool { return partition != "global" && has(s.in, partition) }

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

// serviceAt gives the name of the service that has a path, or the first word of the
// path. Of several the one with the longest path has it.
func serviceAt(path string) string {
	path = path[1:]
	best, of := "", ""
	for lines := services; lines != ""; {
		var s Service
		s, lines = next(lines)
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

// Named gives the service of a name, or the zero Service.
func Named(name string) Service {
	for lines := services; lines != ""; {
		var s Service
		if s, lines = next(lines); s.Name == name {
			return s
		}
	}
	return Service{}
}
