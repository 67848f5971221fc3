package portaltest

import "slices"

// Hostile returns the accounts that Config.Hostile spoiled, in the order of
// [Portal.Directory]: name, e-mail address and last role of each hold one text
// with HTML, quotes and substitutions, line breaks, NUL and other controls,
// 10 KB, bidirectional overrides, invisible characters, lone surrogates, piles
// of combining marks, or look-alike letters. U+FFFD in them is sent as a lone
// surrogate, \ud800, and is what Go's decoder makes of one.
func (p *Portal) Hostile() []Account {
	return slices.DeleteFunc(p.Directory(), func(a Account) bool { return !slices.Contains(hostileTexts, a.Name) })
}
