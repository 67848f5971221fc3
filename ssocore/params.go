package ssocore

import (
	"slices"
	"strconv"
	"strings"
)

// Params are an operation's parameters by the names of the API, for calls by
// name: [Client.Call], [Client.GetPaginator], [Client.GeneratePresignedURL].
//
// What is in Params is given, even if it is empty; the fields of the input
// structs are given unless they are zero. The order is that of the query.
type Params []Param

// Param is a parameter: a string or [Secret] for texts, any integer for
// numbers, []string or []any for lists. Whatever else is reported by a
// [*ParamError].
type Param struct {
	Name  string
	Value any
}

// ParamError reports every problem of an input at once. Nothing was sent.
type ParamError struct {
	Operation string

	// Problems holds one sentence each, which begins with the API's name of the
	// parameter: first what is missing, then what does not exist, then what has
	// a wrong value.
	Problems []string
}

func (e *ParamError) Error() string {
	return "sso " + e.Operation + ": " + strings.Join(e.Problems, "; ")
}

// arg is a parameter that was given.
type arg struct {
	name  string
	text  string   // of a text or a number
	list  []string // of a list
	kind  kind
	wrong string // why the value can't be one, if not ""
}

// args are given parameters in their order.
type args []arg

// text gives a text that is not empty. Inlined at its thirty places it would
// take 10 KB of WebAssembly.
//
//go:noinline
func (a *args) text(name, value string) {
	if value != "" {
		*a = append(*a, arg{name: name, text: value})
	}
}

func (a *args) secret(name string, value Secret) { a.text(name, value.Reveal()) }

func (a *args) number(name string, value int32) {
	if value != 0 {
		*a = append(*a, arg{name: name, kind: kindNumber, text: strconv.Itoa(int(value))})
	}
}

// list gives a list that is not nil, even an empty one.
func (a *args) list(name string, values []string) {
	if values != nil {
		*a = append(*a, arg{name: name, kind: kindList, list: values})
	}
}

// with returns parameters of which one is given anew, at its place if it has
// one.
func (a args) with(name string, value arg) args {
	value.name = name
	a = slices.Clone(a)
	for i := range a {
		if a[i].name == name {
			a[i] = value
			return a
		}
	}
	return append(a, value)
}

func (a args) without(name string) args {
	return slices.DeleteFunc(slices.Clone(a), func(x arg) bool { return x.name == name })
}

// args makes Params what the input structs are made.
func (p Params) args() args {
	a := make(args, len(p))
	for i, param := range p {
		a[i] = argOf(param)
		if slices.ContainsFunc(p[:i], func(q Param) bool { return q.Name == param.Name }) {
			a[i].wrong = "is given twice"
		}
	}
	return a
}

func argOf(p Param) arg {
	a := arg{name: p.Name}
	switch v := p.Value.(type) {
	case string:
		a.text = v
	case Secret:
		a.text = v.Reveal()
	case []string:
		a.kind, a.list = kindList, v
	case []any:
		a.kind = kindList
		a.list, a.wrong = texts(v)
	default:
		a.kind = kindNumber
		a.text, a.wrong = integerText(v)
	}
	return a
}

// texts converts a list, or says which element is no text.
func texts(values []any) (list []string, wrong string) {
	list = make([]string, len(values))
	for i, v := range values {
		s, ok := v.(string)
		if !ok {
			return nil, "must hold texts, and element " + strconv.Itoa(i) + " is none"
		}
		list[i] = s
	}
	return list, ""
}

func integerText(v any) (text, wrong string) {
	switch n := v.(type) {
	case int:
		return strconv.Itoa(n), ""
	case int32:
		return strconv.Itoa(int(n)), ""
	case int64:
		return strconv.FormatInt(n, 10), ""
	case uint32:
		return strconv.FormatUint(uint64(n), 10), ""
	}
	return "", "is neither text nor a whole number nor a list of texts"
}

// check reports all that is wrong with an operation's input, as a *ParamError.
func (op *operation) check(given args) error {
	var problems []string
	add := func(name, problem string) { problems = append(problems, name+" "+problem) }
	for i := range op.members {
		if m := &op.members[i]; m.required && !given.has(m.name) {
			add(m.name, "is missing")
		}
	}
	for _, a := range given {
		if op.member(a.name) == nil {
			add(printable(a.name), "is no parameter")
		}
	}
	for i := range given {
		m := op.member(given[i].name)
		if m == nil {
			continue
		}
		if problem := m.problem(&given[i]); problem != "" {
			add(m.name, problem)
		}
	}
	if problems == nil {
		return nil
	}
	return &ParamError{Operation: op.name, Problems: problems}
}

func (a args) has(name string) bool {
	for i := range a {
		if a[i].name == name {
			return true
		}
	}
	return false
}

// problem says what is wrong with a value of a parameter. The service, not this
// package, has the last word on how large a page may be.
func (m *member) problem(a *arg) string {
	switch {
	case a.wrong != "":
		return a.wrong
	case a.kind != m.kind:
		return "must be " + [...]string{kindText: "text", kindNumber: "a whole number", kindList: "a list of texts"}[m.kind]
	case m.kind == kindNumber && (a.text == "0" || a.text[0] == '-'):
		return "must be at least 1"
	case m.in == inHeader && strings.ContainsFunc(a.text, notHeader):
		return "holds characters that no header field can carry"
	}
	return ""
}

// notHeader reports runes that the Fetch standard refuses in a header field,
// with an error that looks like a lost network.
func notHeader(r rune) bool { return r == 0 || r == '\r' || r == '\n' || r >= 0x80 }
