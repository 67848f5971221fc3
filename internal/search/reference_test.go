package search

import "slices"

// The reference scores a row without any of what makes the search fast: no letter
// masks, no accounts left out, no scores shared by rows. It takes every way to
// deal the terms out, place by place, and the best of all.
type reference struct {
	ix      *Index
	matcher matcher
	names   []field
	roles   []field
}

func newReference(ix *Index) *reference {
	ref := &reference{ix: ix, names: slices.Clone(ix.names), roles: slices.Clone(ix.roles)}
	ref.matcher.arena = &ix.arena
	for _, fields := range [][]field{ref.names, ref.roles} {
		for i := range fields {
			fields[i].mask, fields[i].pairs, fields[i].heads = ^uint64(0), ^uint64(0), ^uint64(0)
		}
	}
	return ref
}

// way is one way to match the terms so far.
type way struct {
	account, role []*place
	inAccount     map[int]bool
	inRole        map[int]bool
	ofAccount     uint
	ofRole        uint
}

// score is the score of a row for the terms of the last search, 0 if it does not
// match.
func (ref *reference) score(r int) score {
	ix, w := ref.ix, ref.ix.rows[r]
	inAccount, inRole := map[uint]score{0: possible}, map[uint]score{0: possible}
	best := score(0)
	ref.each(0, int(w.account), int(w.role), way{}, func(found way) {
		_, accountMarks := ix.arena.in(&ix.names[w.account])
		_, roleMarks := ix.arena.in(&ix.roles[w.role])
		if found.ofAccount != 0 {
			s := ofAccount(&dealer{marks: accountMarks}, found.account)
			inAccount[found.ofAccount] = max(inAccount[found.ofAccount], possible+s)
		}
		if found.ofRole != 0 {
			s := ofRoleName(&dealer{marks: roleMarks, fill: ix.fill[w.role]}, found.role)
			inRole[found.ofRole] = max(inRole[found.ofRole], possible+s)
		}
	})
	barred := ix.ownEnvironment(int(w.account))
	for ofAccount, s := range inAccount {
		one := []score{s}
		ix.markWritten(int(w.account), one)
		for ofRole, t := range inRole {
			other := []score{t}
			ix.markSaid(int(w.role), other)
			switch {
			case ofAccount&ofRole != 0 || ofRole&barred != 0:
			case ofRole != 0 && ix.named.alone && ix.others(w.account):
			case !ref.enough(ofAccount | ofRole):
			default:
				best = max(best, joined(one[0], other[0]))
			}
		}
	}
	return best
}

// enough tells whether the terms that are not matched need not be.
func (ref *reference) enough(matched uint) bool {
	for i := range ref.ix.terms {
		if matched>>i&1 == 0 && !ref.ix.terms[i].spare {
			return false
		}
	}
	return true
}

// each calls do with every way to match terms from the i-th on.
func (ref *reference) each(i, account, role int, so way, do func(way)) {
	if i == len(ref.ix.terms) {
		do(so)
		return
	}
	ref.each(i+1, account, role, so, do)
	ref.matcher.term = &ref.ix.terms[i]
	t := ref.matcher.term
	places := ref.matcher.placesIn(nil, &ref.names[account], false)
	if t.digits {
		id := ref.ix.ids[account]
		id.mask, id.pairs = ^uint64(0), ^uint64(0)
		if q, at := ref.matcher.ofID(&id); q != none {
			places = append(places, place{quality: q, taken: spots{}.withID(at, len(t.text))})
		}
	}
	if len(places) == 0 {
		mail := ref.ix.emails[account]
		mail.mask, mail.pairs, mail.heads = ^uint64(0), ^uint64(0), ^uint64(0)
		if q, _ := ref.matcher.ofMail(&mail); q != none {
			places = append(places, place{quality: q})
		}
	}
	for p := range places {
		if next, ok := taking(so.inAccount, places[p].taken); ok {
			then := so
			then.account = append(slices.Clone(so.account), &places[p])
			then.inAccount, then.ofAccount = next, so.ofAccount|1<<i
			ref.each(i+1, account, role, then, do)
		}
	}
	ref.matcher.term = t
	inRole := ref.matcher.placesIn(nil, &ref.roles[role], true)
	for p := range inRole {
		if next, ok := taking(so.inRole, inRole[p].taken); ok {
			then := so
			then.role = append(slices.Clone(so.role), &inRole[p])
			then.inRole, then.ofRole = next, so.ofRole|1<<i
			ref.each(i+1, account, role, then, do)
		}
	}
}

// taking adds the letters of a place to those that are taken, unless one of them
// is.
func taking(taken map[int]bool, s spots) (map[int]bool, bool) {
	next := map[int]bool{}
	for at := range taken {
		next[at] = true
	}
	for at := range 128 {
		if s[at/64]>>(at%64)&1 == 0 {
			continue
		}
		if next[at] {
			return nil, false
		}
		next[at] = true
	}
	return next, true
}
