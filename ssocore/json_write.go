package ssocore

import "unicode/utf8"

// object is a JSON object that is being written. Members that hold nothing are
// left out, as all clients do with parameters that were not given.
type object struct{ b []byte }

func (o *object) text(name, value string) {
	if value != "" {
		o.name(name)
		o.b = appendString(o.b, value)
	}
}

// list writes a list that is not nil, even an empty one.
func (o *object) list(name string, values []string) {
	if values == nil {
		return
	}
	o.name(name)
	o.b = append(o.b, '[')
	for i, v := range values {
		if i > 0 {
			o.b = append(o.b, ',')
		}
		o.b = appendString(o.b, v)
	}
	o.b = append(o.b, ']')
}

func (o *object) name(name string) {
	if len(o.b) > 0 {
		o.b = append(o.b, ',')
	}
	o.b = append(appendString(o.b, name), ':')
}

func (o *object) json() []byte { return append(append([]byte{'{'}, o.b...), '}') }

// appendString writes a string. What is not UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', digits[r>>4], digits[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
