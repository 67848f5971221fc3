package message

import "time"

// Codec passes over the fields of a record in one direction: each of its methods
// puts a value into [Fields], or takes it from there. So one list of fields, a
// function that takes a Codec, serves both, and no field is forgotten in one of
// them. Texts of other types and secrets come as their pointer, converted.
type Codec struct {
	fields Fields
	reads  bool
}

// FieldsOf gives what a list puts into Fields.
func FieldsOf(lists ...func(Codec)) Fields {
	f := Fields{}
	for _, list := range lists {
		list(Codec{fields: f})
	}
	return f
}

// Read has a list take its values. What is absent or makes no sense is empty.
func (f Fields) Read(lists ...func(Codec)) {
	for _, list := range lists {
		list(Codec{f, true})
	}
}

func pass[T any](c Codec, name string, value *T, format func(T) string, parse func(string) T) {
	if c.reads {
		*value = parse(c.fields[name])
		return
	}
	c.fields[name] = format(*value)
}

// Text passes over a text.
func (c Codec) Text(name string, s *string) {
	same := func(s string) string { return s }
	pass(c, name, s, same, same)
}

// Bool passes over a truth value.
func (c Codec) Bool(name string, b *bool) { pass(c, name, b, FormatBool, ParseBool) }

// Int passes over a number.
func (c Codec) Int(name string, n *int64) { pass(c, name, n, FormatInt, ParseInt) }

// Count passes over how often something happened in a row, from 0 to 100: beyond
// that it makes no difference.
func (c Codec) Count(name string, n *int) {
	pass(c, name, n, func(n int) string { return FormatInt(int64(n)) }, func(s string) int { return int(min(max(ParseInt(s), 0), 100)) })
}

// Time passes over a time.
func (c Codec) Time(name string, t *time.Time) { pass(c, name, t, FormatTime, ParseTime) }

// Span passes over a length of time.
func (c Codec) Span(name string, d *time.Duration) { pass(c, name, d, FormatSpan, ParseSpan) }

// Error passes over an error; nil is none.
func (c Codec) Error(name string, e **Error) {
	pass(c, name, e, func(e *Error) string {
		if e == nil {
			return ""
		}
		return e.Fields().Text()
	}, func(s string) *Error { return ErrorFrom(ParseText(s)) })
}
