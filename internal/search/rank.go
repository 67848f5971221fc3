package search

import (
	"slices"

	"portico/internal/directory"
)

// A row's score is a number of 28 bits: what counts most is in the highest. The
// scores of what an account matches and of what a role matches have their own
// bits for all but the points, so that a row's score is their sum.
//
//	points         9 bits   of all terms
//	name covered   5        how much of the account's name is matched
//	role covered   4
//	role written   2        the role's name is typed as it is written
//	written        2        the name is typed as it is written
//	order          1        the terms match the name in the order in which they were typed
//	name begin     2        the match begins the name
//	role begin     1
//	weakness       2        of the role: the weaker comes first
const (
	weaknessBits  = 2
	roleBeginBit  = weaknessBits
	nameBeginBit  = roleBeginBit + 1
	nameBeginBits = 2
	orderBit      = nameBeginBit + nameBeginBits
	writtenBit    = orderBit + 1
	writtenBits   = 2
	roleSaidBit   = writtenBit + writtenBits
	roleCoverBit  = roleSaidBit + writtenBits
	roleCoverBits = 4
	nameCoverBit  = roleCoverBit + roleCoverBits
	nameCoverBits = 5
	pointsBit     = nameCoverBit + nameCoverBits
	pointsBits    = 9
	scoreBits     = pointsBit + pointsBits

	atBegin    = 1<<nameBeginBits - 1
	inOrderYet = 1 << orderBit
)

// All terms together must not have more points than fit.
const _ = uint(1<<pointsBits - 1 - maxTerms*36)

// score tells how well a row, or a part of it, matches. 0 is no match.
type score uint32

func (s score) points() uint32 { return uint32(s) >> pointsBit }

// named tells whether all of the account's name is matched.
func (s score) named() bool { return s>>nameCoverBit&(1<<nameCoverBits-1) == 1<<nameCoverBits-1 }

// tie is the score without what only breaks ties between rows that match alike.
func (s score) tie() score { return s >> weaknessBits }

// How a name is typed: with what joins its words left out, or without anything
// between words that has something there; or as a whole just as it is.
const (
	apart     score = iota // [payments-prod] by paymentsprod
	unbroken               // PaymentsProd by paymentsprod, payments-prod by payments prod
	asWritten              // payments-prod by payments-prod
)

// cover is how many letters of a name are matched, and how many the words have
// that they are in.
func cover(marks []mark, taken spots) (letters, words int) {
	letters = taken.count()
	from, ok := taken.run(letters)
	if !ok {
		return letters, touched(marks, taken).count()
	}
	to := from + letters
	for ; marks[from]&wordStart == 0; from-- {
	}
	for ; marks[to-1]&wordEnd == 0; to++ {
	}
	return letters, to - from
}

// covered is how much of a name is matched, in so many steps: half of it the
// letters matched, half of it all letters of the words that they are in. With
// letters alone, pay prod would prefer payroll-a-prod to payments-prod; with
// words alone, it would not tell payments from pay.
func covered(size, letters, words, steps int) score {
	return score(min((letters+words)*steps/(2*size), steps))
}

// ofAccount is the score of an account by the places where its terms match.
func ofAccount(d *dealer, places []*place) score {
	marks := d.marks
	total, in, before, order, written := uint32(0), spots{}, -1, score(inOrderYet), unbroken
	byID := slices.ContainsFunc(places, (*place).isID)
	for _, p := range places {
		total += p.inAccount(byID)
		name := p.taken.inName()
		if name == (spots{}) {
			continue
		}
		in = in.or(name)
		first := name.first()
		if first < before {
			order = 0
		}
		before = first
		if p.apart {
			written = apart
		}
	}
	if in == (spots{}) {
		return score(total)<<pointsBit | order
	}
	letters, words := cover(marks, in)
	if words == len(marks) {
		total += complete(places)
	}
	return score(total)<<pointsBit | covered(len(marks), letters, words, 1<<nameCoverBits-1)<<nameCoverBit |
		written<<writtenBit | order | begin(marks, in.first())<<nameBeginBit
}

// ofOne is ofAccount for one place.
func ofOne(marks []mark, p *place) score {
	s := score(points[p.quality])<<pointsBit | inOrderYet
	name := p.taken.inName()
	if name == (spots{}) {
		return s
	}
	letters, words := cover(marks, name)
	if !p.apart {
		s |= unbroken << writtenBit
	}
	return s | covered(len(marks), letters, words, 1<<nameCoverBits-1)<<nameCoverBit | begin(marks, name.first())<<nameBeginBit
}

// complete is what terms that are initials gain where no word of the name is left
// over: fr dev is fx-rates-dev before it is fraud-detection-dev. A term alone is
// more likely the beginning of a word.
func complete(places []*place) (gain uint32) {
	if len(places) == 1 {
		return 0
	}
	for _, p := range places {
		if p.quality == initials {
			gain += points[prefix] - points[initials]
		}
	}
	return gain
}

// begin tells in which of a name's words the match begins, the first best.
func begin(marks []mark, at int) score {
	left := atBegin
	for _, k := range marks[:min(at, len(marks))] {
		if k&wordEnd == 0 {
			continue
		}
		if left--; left == 0 {
			break
		}
	}
	return score(left)
}

// needless is what a term is worth in the name of an account whose ID is given:
// the account does not need it, and a role that it matches comes first.
const needless = 6

func (p *place) isID() bool { return p.quality == wholeID }

// inAccount is what a place in an account is worth.
func (p *place) inAccount(byID bool) uint32 {
	if byID && !p.isID() {
		return min(needless, points[p.quality])
	}
	return points[p.quality]
}

// ofRoleName is the score of a role by the places where its terms match. What all
// roles are called by, such as Access, does not count for how much of the name is
// covered: ro is AWSReadOnlyAccess before it is AdminReadOnly.
func ofRoleName(d *dealer, places []*place) score {
	total, in := uint32(0), spots{}
	for _, p := range places {
		total += p.inRole()
		in = in.or(p.taken)
	}
	begins := in.first() == d.fill.next(0)
	letters, words := cover(d.marks, in)
	size := len(d.marks)
	if d.fill != (spots{}) {
		size -= d.fill.count()
		in = in.without(d.fill)
		letters, words = in.count(), touched(d.marks, in).count()
	}
	s := score(total)<<pointsBit | covered(size, letters, words, 1<<roleCoverBits-1)<<roleCoverBit
	if begins {
		s |= 1 << roleBeginBit
	}
	return s
}

// inRole is what a place in a role is worth.
func (p *place) inRole() uint32 {
	worth := rolePoints[p.quality]
	switch p.use {
	case environment:
		return min(max(worth, envInRole+1)-envInRole, mostEnvInRole)
	case access:
		worth += accessPoints[p.quality]
	}
	if p.edge {
		worth += edgePoints[p.quality]
	}
	return worth
}

// weakness is the part of a row's score that lets the weaker role win a tie.
func weakness(roleName string) score {
	return score(directory.Strongest - directory.StrengthOf(roleName))
}
