package words

// NoMatch is the title of a search that finds nothing.
const NoMatch = "No match"

// NothingCalled says that nothing matches a query.
const NothingCalled Form = "Nothing is called “%1”. Press Escape to clear the search."

// NothingYetCalled says so while the roles of some accounts are not known.
const NothingYetCalled Form = "“%1” is no account, and not among the %2 listed so far. The roles of %3 are still to come."

// Above rows that nothing matches.
const (
	Closest       = "Closest matches"
	ClosestChoose = Closest + ": choose one"
	ChooseFirst   = "Nothing matches exactly. Choose a row first, with ↑ ↓ or a click."
)

// TakenFor says beside a row which word of it something typed was taken for.
const TakenFor Form = "%1 ≈ %2"

// MatchesToo names beside a row another that matches as well.
const MatchesToo Form = "also %1"
