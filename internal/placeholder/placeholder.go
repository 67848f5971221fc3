// Package placeholder reads texts with placeholders in braces, {accountId}. It
// knows neither what they stand for nor how that is written.
package placeholder

import (
	"slices"
	"strings"
)

// Part is a piece of a text: literal text, or a placeholder.
type Part struct {
	Literal string
	Name    string // of the placeholder; empty if the part is literal
	At      int    // where it begins in the text, in bytes
}

// Problem is what is wrong with a text.
type Problem uint8

// What can be wrong with the braces, and with what they are in.
const (
	Unknown   Problem = iota + 1 // nothing is called so
	Unclosed                     // a brace, or a quotation mark, has no end
	Unopened                     // a brace ends nothing
	InQuotes                     // a placeholder stands where it can not be quoted
	Touching                     // a placeholder touches what would change how it is read
	Forbidden                    // it can not be told how the shell reads on from here
	Character                    // it has no place in such a text
)

// Error is what is wrong with a text, and where: from At to before End, in bytes.
type Error struct {
	Problem Problem
	At, End int
	What    string // that part of the text
}

func (e *Error) Error() string {
	return "placeholder: " + [...]string{"", "unknown", "unclosed", "unopened", "in quotes", "touching", "forbidden", "character"}[e.Problem] + ": " + e.What
}

// Fault gives what is wrong with a part of text.
func Fault(p Problem, text string, at, end int) *Error { return &Error{p, at, end, text[at:end]} }

// Parse takes a text apart. Braces that are meant literally are doubled. Any
// error is an [*Error].
func Parse(text string, known []string) ([]Part, error) {
	var parts []Part
	literal, from := "", 0
	flush := func() {
		if literal != "" {
			parts = append(parts, Part{Literal: literal, At: from})
			literal = ""
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		if literal == "" {
			from = i
		}
		switch {
		case (c == '{' || c == '}') && i+1 < len(text) && text[i+1] == c:
			literal += text[i : i+1]
			i += 2
		case c == '}':
			return nil, Fault(Unopened, text, i, i+1)
		case c == '{':
			end := i + 1
			for end < len(text) && isName(text[end]) {
				end++
			}
			if end == len(text) || text[end] != '}' {
				// A name that none can have, or a brace that was meant as one.
				if close := strings.IndexAny(text[end:], "{}\n"); close >= 0 && text[end+close] == '}' {
					return nil, Fault(Unknown, text, i, end+close+1)
				}
				return nil, Fault(Unclosed, text, i, end)
			}
			name := text[i+1 : end]
			if !slices.Contains(known, name) {
				return nil, Fault(Unknown, text, i, end+1)
			}
			flush()
			parts = append(parts, Part{Name: name, At: i})
			i = end + 1
		default:
			literal += text[i : i+1]
			i++
		}
	}
	flush()
	return parts, nil
}

func isName(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
