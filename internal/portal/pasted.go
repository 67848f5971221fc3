package portal

import (
	"strings"
	"unicode"
)

// pasted takes an address out of what people copy around it: a sentence, quotes,
// brackets, Markdown, marks that nobody sees.
func pasted(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	s = address(strings.Fields(s))
	if i := schemeStart(s); i > 0 {
		s = s[i:] // "URL:https://", "[our portal](https://"
	}
	s = strings.TrimLeft(s, junk)
	if i := strings.IndexAny(s, "\"<>)]}|`“”‘’«»"); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, junk)
}

// junk is what may stand around an address and is no part of it.
const junk = "\"'`“”‘’«»‹›<>()[]{}|*_~,;:!."

// address is the first of some words that looks like an address.
func address(words []string) string {
	for _, part := range []string{"://", "."} {
		for _, word := range words {
			if strings.Contains(strings.Trim(word, junk), part) {
				return word
			}
		}
	}
	for _, word := range words {
		if id := strings.Trim(word, junk); isID(strings.ToLower(id)) {
			return id
		}
	}
	return strings.Join(words, " ")
}

// schemeStart is where an address begins that has a scheme of the web, else -1.
func schemeStart(s string) int {
	lower := strings.ToLower(s)
	i := strings.Index(lower, "://")
	for _, scheme := range []string{"https", "http"} {
		if start := i - len(scheme); start >= 0 && lower[start:i] == scheme {
			return start
		}
	}
	return -1
}

// regionBeside gives the region of a block of ~/.aws/config that names the start URL,
// if it is of the partition: sso_region, before or behind it in the same section.
func regionBeside(s, partition string) string {
	s = strings.ReplaceAll(s, "=", " ")
	at := strings.Index(s, "sso_start_url")
	if at < 0 {
		return ""
	}
	from := strings.LastIndexByte(s[:at], '[') + 1
	to := len(s)
	if next := strings.IndexByte(s[at:], '['); next >= 0 {
		to = at + next
	}
	words := strings.Fields(s[from:to])
	for i, word := range words[:len(words)-1] {
		if region := strings.ToLower(words[i+1]); word == "sso_region" && isRegion(region, partition) {
			return region
		}
	}
	return ""
}
