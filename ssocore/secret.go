package ssocore

// A Secret is a token, key or code that must not leak into logs, errors or
// stored JSON by accident. Package fmt and every encoder that asks the value
// itself print "[redacted]"; [Secret.Reveal] is the way to the text. Decoding
// JSON into a Secret works as for a string.
//
// Three ways around remain, for a Secret is a string: the verbs %w and %p,
// which go vet refuses here, unexported struct fields, which package fmt reads
// without asking the value, and keys of JSON objects. Don't go them.
type Secret string

const redacted = "[redacted]"

// Reveal returns the secret itself.
func (s Secret) Reveal() string { return string(s) }

// String returns "[redacted]".
func (Secret) String() string { return redacted }

// GoString returns "[redacted]", for %#v.
func (Secret) GoString() string { return redacted }

// MarshalText returns "[redacted]".
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalJSON returns the JSON string "[redacted]".
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }
