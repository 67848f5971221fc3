package searchtest

import (
	"math/rand/v2"
)

// Trace gives uses of roles of a set, in order, with what is typed for each: of
// favourites, of which the n-th is used one n-th as often as the first (Zipf's law),
// and a tenth of roles that are used once. A seed gives another person.
func Trace(set Set, seed uint64, uses, favourites int) (trace []Query) {
	r := rand.New(rand.NewPCG(seed, 7))
	var pool []Query
	known := map[[2]string]bool{}
	for _, i := range r.Perm(len(set.Queries)) {
		if q := set.Queries[i]; q.Role != "-" && !known[[2]string{q.AccountID, q.Role}] {
			known[[2]string{q.AccountID, q.Role}] = true
			pool = append(pool, q)
		}
	}
	favourites = min(favourites, len(pool)/2)
	total := 0.0
	for n := range favourites {
		total += 1 / float64(n+1)
	}
	once := pool[favourites:]
	for range uses {
		if len(once) > 0 && r.IntN(10) == 0 {
			trace, once = append(trace, once[0]), once[1:]
			continue
		}
		at := r.Float64() * total
		for n := range favourites {
			if at -= 1 / float64(n+1); at <= 0 || n == favourites-1 {
				trace = append(trace, pool[n])
				break
			}
		}
	}
	return trace
}
