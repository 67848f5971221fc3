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

// FieldsOf gives what lists put into Fields.
func FieldsOf(lists ...func(Codec)) Fields {
	c := writing()
	for _, list := range lists {
		list(c)
	}
	return c.fields
}

// Read has lists take their values. What is absent or makes no sense is empty.
func (f Fields) Read(lists ...func(Codec)) {
	for _, list := range lists {
		list(f.reading())
	}
}

// A list that is called by its name, with one of these, costs the popup less than
// one that is passed; and so does a Text that is not copied into each list.
func writing() Codec            { return Codec{fields: Fields{}} }
func (f Fields) reading() Codec { return Codec{f, true} }

// Text passes over a text.
//
//go:noinline
func (c Codec) Text(name string, s *string) {
	if c.reads {
		*s = c.fields[name]
	} else {
		c.fields[name] = *s
	}
}

// Bool passes over a truth value.
func (c Codec) Bool(name string, b *bool) {
	text := FormatBool(*b)
	c.Text(name, &text)
	*b = ParseBool(text)
}

// Int passes over a number.
func (c Codec) Int(name string, n *int64) {
	text := FormatInt(*n)
	c.Text(name, &text)
	*n = ParseInt(text)
}

// Count passes over how often something happened in a row, from 0 to 100: beyond
// that it makes no difference.
func (c Codec) Count(name string, n *int) {
	if c.reads {
		*n = int(min(max(ParseInt(c.fields[name]), 0), 100))
	} else {
		c.fields[name] = FormatInt(int64(*n))
	}
}

// Time passes over a time.
func (c Codec) Time(name string, t *time.Time) {
	if c.reads {
		*t = ParseTime(c.fields[name])
	} else {
		c.fields[name] = FormatTime(*t)
	}
}

// Span passes over a length of time.
func (c Codec) Span(name string, d *time.Duration) {
	if c.reads {
		*d = ParseSpan(c.fields[name])
	} else {
		c.fields[name] = FormatSpan(*d)
	}
}

// Error passes over an error; nil is none.
func (c Codec) Error(name string, e **Error) {
	if c.reads {
		*e = ErrorFrom(ParseText(c.fields[name]))
	} else if *e != nil {
		c.fields[name] = (*e).Fields().Text()
	}
}
