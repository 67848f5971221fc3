package awsconfig

import "strings"

// file is a config file, line by line: what is not changed comes out as it went in.
type file struct {
	lines    []string // with their ends
	eol      string   // how lines end
	sections []section
}

// section is what stands under a header.
type section struct {
	kind, name string           // profile, sso-session, …; the name is that of what is in brackets
	entries    map[string]entry // by key
	last       string           // the key of the last entry
	foreign    bool             // not to be understood to the last: it is somebody's own
}

// entry is a line of a section with a key and a value.
type entry struct {
	line     int
	from, to int // of the value in the line
	value    string
}

const (
	profiles = "profile"
	sessions = "sso-session"
)

// parse reads a file as the AWS CLI and SDKs do, and takes for foreign what they
// read in different ways.
func parse(text string) *file {
	f := &file{eol: "\n"}
	for line := range strings.Lines(text) {
		f.lines = append(f.lines, line)
	}
	if len(f.lines) > 0 && strings.HasSuffix(f.lines[0], "\r\n") {
		f.eol = "\r\n"
	}
	var s *section
	for i, line := range f.lines {
		if i == 0 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || trimmed[0] == '#' || trimmed[0] == ';':
		case trimmed[0] == '[':
			f.sections = append(f.sections, header(trimmed))
			s = &f.sections[len(f.sections)-1]
			// Indented, some take it for more of the value before.
			s.foreign = s.foreign || line[0] != '['
		case s == nil:
		case line[0] == ' ' || line[0] == '\t':
			// More of the value before, or settings below it: s3 has some.
			s.foreign = s.foreign || strings.HasPrefix(s.last, "sso_") || s.last == "region"
		default:
			s.add(i, f.lines[i])
		}
	}
	f.twice()
	return f
}

// header reads what is in brackets.
func header(line string) section {
	s := section{entries: map[string]entry{}}
	inside, after, closed := strings.Cut(line[1:], "]")
	after = strings.TrimSpace(after)
	s.foreign = !closed || after != "" && after[0] != '#' && after[0] != ';'
	inside = strings.TrimSpace(inside)
	s.kind = inside
	if i := strings.IndexAny(inside, " \t"); i >= 0 {
		s.kind, s.name = inside[:i], strings.TrimSpace(inside[i:])
	}
	if n := len(s.name); n > 1 && (s.name[0] == '"' || s.name[0] == '\'') && s.name[n-1] == s.name[0] {
		s.name = s.name[1 : n-1]
	}
	s.foreign = s.foreign || s.name == ""
	return s
}

// add reads a line that should have a key and a value.
func (s *section) add(i int, line string) {
	equals := strings.IndexAny(line, "=:")
	if equals < 0 {
		s.foreign = true
		return
	}
	// What Python takes for a key may hold a colon for others.
	s.foreign = s.foreign || line[equals] == ':'
	value := line[equals+1:]
	e := entry{line: i}
	e.from = equals + 1 + len(value) - len(strings.TrimLeft(value, " \t"))
	for _, comment := range []string{" #", " ;", "\t#", "\t;"} {
		if at := strings.Index(value, comment); at >= 0 {
			value = value[:at]
		}
	}
	e.to = max(e.from, equals+1+len(strings.TrimRight(value, " \t\r\n")))
	e.value = line[e.from:e.to]
	key := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(line[:equals], "\ufeff")))
	if _, twice := s.entries[key]; twice {
		s.foreign = true
	}
	s.entries[key], s.last = e, key
}

// twice takes for foreign what stands in a file more than once.
func (f *file) twice() {
	first := map[[2]string]int{}
	for i := range f.sections {
		s := &f.sections[i]
		id := [2]string{s.kind, s.name}
		if j, met := first[id]; met {
			s.foreign, f.sections[j].foreign = true, true
			continue
		}
		first[id] = i
	}
}

// set puts a value in the place of another.
func (f *file) set(e entry, value string) {
	line := f.lines[e.line]
	f.lines[e.line] = line[:e.from] + value + line[e.to:]
}

// insert puts an entry behind another, on the same line of f.lines lest the
// numbers of all that follow change.
func (f *file) insert(after entry, key, value string) {
	line := f.lines[after.line]
	if !strings.HasSuffix(line, "\n") {
		line += f.eol
	}
	f.lines[after.line] = line + key + " = " + value + f.eol
}

// add puts a section at the end.
func (f *file) add(kind, name string, entries ...[2]string) {
	if n := len(f.lines); n > 0 {
		if !strings.HasSuffix(f.lines[n-1], "\n") {
			f.lines[n-1] += f.eol
		}
		if strings.TrimSpace(f.lines[n-1]) != "" {
			f.lines = append(f.lines, f.eol)
		}
	}
	f.lines = append(f.lines, "["+kind+" "+name+"]"+f.eol)
	for _, e := range entries {
		f.lines = append(f.lines, e[0]+" = "+e[1]+f.eol)
	}
}

func (f *file) text() string { return strings.Join(f.lines, "") }
