package console

import "strings"

// Jump reads a query that ends in a service: payments-prod s3. It is split only if
// all of this holds, so that no word is taken from an account or a role:
//
//   - The last word means a service that the partition has, whole and not by its
//     beginning, and something stands before it.
//   - Nothing is found by the query as it stands. Where accounts or roles have the
//     word, it is theirs: data config is data-config, if there is such an account.
//   - Something is found by what stands before it. Where nothing is, that may be
//     mistyped just as well, and then the service's word is an account's.
//
// found tells whether rows match a query, other than by a guess.
//
// What is meant is the service's page. Whoever acts on a jump opens that and copies
// nothing: the word may have been meant for a role that is not there.
func Jump(query, partition string, found func(query string) bool) (rest string, to Service, ok bool) {
	rest, word := lastWord(query)
	word = strings.ReplaceAll(strings.ToLower(word), "-", "")
	if rest == "" || word == "" {
		return query, Service{}, false
	}
	for lines := services; lines != ""; {
		if to, lines = next(lines); to.called(word) && to.In(partition) {
			if found(query) || !found(rest) {
				break
			}
			return rest, to, true
		}
	}
	return query, Service{}, false
}

// lastWord takes the last word off a query; rest is empty if there is no other.
func lastWord(query string) (rest, word string) {
	words := strings.Fields(query)
	if len(words) < 2 {
		return "", ""
	}
	word = words[len(words)-1]
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(query), word)), word
}
