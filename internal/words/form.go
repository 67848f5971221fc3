package words

import "strings"

// Form is a sentence with places for names, numbers and other sentences: %1, %2 and
// so on, in whatever order a language has them. It has no other percent sign.
type Form string

// With puts the first text where %1 stands, and so on. What is in a text is left
// alone.
func (f Form) With(texts ...string) string {
	said, rest := "", string(f)
	for {
		at := strings.IndexByte(rest, '%')
		if at < 0 {
			return said + rest
		}
		said += rest[:at] + texts[rest[at+1]-'1']
		rest = rest[at+2:]
	}
}
