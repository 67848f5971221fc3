package search

import (
	"strings"

	"portico/internal/pattern"
)

// use is what a word of a class is said of.
type use uint8

const (
	anything    use = iota
	environment     // prod: of accounts, and it makes all the difference between them
	access          // ro: of roles
)

// classes are words that people use for one another; typing one finds the others,
// below what is written literally. Those of environments are package pattern's: nobody
// says hml for test.
//
// A bar parts environments that are told apart where something was mistyped.
//
// A word is in one class alone: sec could be security or secrets, int internal or
// integration, and a guess at the wrong one costs more than it gives.
//
// The forms find the words of their class, and no word finds them: ro is no
// SecretsManagerReader.
var classes = [...]struct {
	use          use
	words, forms string
}{
	{environment, pattern.Prod, ""},
	{environment, pattern.Staging + " | " + pattern.Preprod + " | " + pattern.UAT, ""},
	{environment, pattern.Test + " | " + pattern.QA, ""},
	{environment, pattern.Dev, ""},
	{environment, pattern.Sandbox, ""},
	{environment, pattern.NonProd, ""},
	{access, "ro readonly read view viewonly", "reader readers viewer viewers"},
	{access, "admin adm administrator", "admins administrators"},
	{access, "pu power poweruser", "powerusers"},
	{access, "audit auditor", "auditors"},
	{anything, "mgmt management", ""},
}

// uses tells what each word of the classes is said of.
var uses = func() map[string]use {
	all := make(map[string]use)
	for _, class := range classes {
		for _, word := range strings.Fields(class.words + " " + class.forms) {
			all[word] = class.use
		}
	}
	return all
}()

// environments has a bit for each environment that is told apart, by its words.
var environments = func() map[string]uint {
	all, bit := make(map[string]uint), uint(1)
	for _, class := range classes {
		if class.use != environment {
			continue
		}
		for _, word := range strings.Fields(class.words + " |") {
			if word == "|" {
				bit <<= 1
				continue
			}
			all[word] = bit
		}
	}
	return all
}()

// synonym is another word for a term.
type synonym struct {
	text        string
	mask, pairs uint64
	// short tells that one of the two is the other with letters left out (prd,
	// prod): the same word, and not only of the same meaning (live, prod).
	short bool
}

// synonymsOf gives the other words of a term's class.
func synonymsOf(text string) []synonym { return synonyms[text] }

var synonyms = func() map[string][]synonym {
	all := make(map[string][]synonym)
	for _, class := range classes {
		words := strings.Fields(strings.ReplaceAll(class.words, "|", ""))
		for _, word := range append(strings.Fields(class.forms), words...) {
			for _, other := range words {
				if other != word {
					all[word] = append(all[word], synonym{other, maskOf(other), pairsOf(other), leavesOut(word, other) || leavesOut(other, word)})
				}
			}
		}
	}
	return all
}()

// leavesOut tells whether short is long with letters left out, the first not, or
// with another end: stage, staging.
func leavesOut(short, long string) bool {
	const stem = 4
	return short[0] == long[0] && inOrder(long, short) ||
		len(short) > stem && len(long) > stem && short[:stem] == long[:stem]
}

// inOrder tells whether the bytes of text occur in that order.
func inOrder[T string | []byte](in T, text string) bool {
	i := 0
	for j := 0; j < len(in) && i < len(text); j++ {
		if in[j] == text[i] {
			i++
		}
	}
	return i == len(text)
}

// affirms tells whether a term means production, or is on the way to it.
func affirms(text string) bool {
	const least = 3 // letters: pr is on the way to many words
	return text == "live" || text == "prd" || len(text) >= least && strings.HasPrefix("production", text)
}

// whollyAffirms tells whether it is all of a word for production.
func whollyAffirms(text string) bool {
	return text == "prod" || text == "prd" || text == "production" || text == "live"
}

// negates tells whether a word before production makes it something else.
func negates(word string) bool { return word == "non" || word == "pre" }

// negated tells whether the word that begins at i is one that negates, or is
// preceded by one: Non Production, pre-prod.
func negated(in []byte, marks []mark, i int) bool {
	const size = 3
	return i >= size && marks[i-size]&wordStart != 0 && negates(string(in[i-size:i])) &&
		marks[i-2]&wordStart == 0 && marks[i-1]&wordStart == 0
}
