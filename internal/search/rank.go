package search

import "portico/internal/directory"

// A row's score is a number of 24 bits: what counts most is in the highest. The
// scores of what an account matches and of what a role matches have their own
// bits for all but the points, so that a row's score is their sum.
//
//	points         9 bits   of all terms
//	name covered   5        how much of the account's name is matched
//	role covered   4
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
	roleCoverBit  = orderBit + 1
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

// tie is the score without what only breaks ties between rows that match alike.
func (s score) tie() score { return s >> weaknessBits }

// covered is how much of a name is matched, in so many steps: half of it the
// letters matched, half of it all letters of the words that they are in. With
// letters alone, pay prod would prefer payroll-a-prod to payments-prod; with
// words alone, it would not tell payments from pay.
func covered(marks []mark, taken spots, steps int) score {
	n := taken.count() + touched(marks, taken).count()
	return score(min(n*steps/(2*len(marks)), steps))
}

// ofAccount is the score of an account by the places where its terms match.
func ofAccount(marks []mark, places []*place) score {
	total, in, before, order := uint32(0), spots{}, -1, score(inOrderYet)
	for _, p := range places {
		total += points[p.quality]
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
	}
	s := score(total)<<pointsBit | order
	if in == (spots{}) {
		return s
	}
	s |= covered(marks, in, 1<<nameCoverBits-1) << nameCoverBit
	return s | begin(marks, in.first())<<nameBeginBit
}

// begin tells in which of a name's words the match begins, the first best.
func begin(marks []mark, at int) score {
	words := 0
	for _, k := range marks[:min(at, len(marks))] {
		if k&wordEnd != 0 {
			words++
		}
	}
	return score(max(0, atBegin-words))
}

// ofRoleName is the score of a role by the places where its terms match.
func ofRoleName(marks []mark, places []*place) score {
	total, in := uint32(0), spots{}
	for _, p := range places {
		total += rolePoints[p.quality]
		in = in.or(p.taken)
	}
	s := score(total)<<pointsBit | covered(marks, in, 1<<roleCoverBits-1)<<roleCoverBit
	if in.first() == 0 {
		s |= 1 << roleBeginBit
	}
	return s
}

// weakness is the part of a row's score that lets the weaker role win a tie.
func weakness(roleName string) score {
	return score(directory.Strongest - directory.StrengthOf(roleName))
}
