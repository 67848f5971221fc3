// Package jump knows which service of the console somebody means by a word, and which
// search ends in one. It is for the popup, so it knows names and nothing else: where a
// service has its page, and whether a partition has it, is internal/console's.
package jump

import "strings"

// Split takes a last word that means a service, whole and not by its beginning, off a
// query: payments-prod s3. The service is "" if there is none, or nothing before it.
// Whether it is one is for the caller to decide: the word may be an account's.
func Split(query string) (rest, service string) {
	words := strings.Fields(query)
	if last := len(words) - 1; last > 0 {
		return strings.Join(words[:last], " "), Means(words[last])
	}
	return "", ""
}

// Means gives the name of the service that people mean by a word, which is its name
// in one word or what else they say; empty if they mean none.
func Means(word string) string {
	word = plain(word)
	for _, line := range strings.Split(names, "\n") {
		called := strings.Split(line, ",")
		for _, one := range called {
			if plain(one) == word {
				return called[0]
			}
		}
	}
	return ""
}

// plain is a text as names are compared: without case, blanks and hyphens.
func plain(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(s), " ", ""), "-", "")
}
