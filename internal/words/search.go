package words

// NoMatch is the title of a search that finds nothing.
const NoMatch = "No match"

// NothingCalled says that nothing matches a query.
func NothingCalled(query string) string {
	return "Nothing is called “" + query + "”. Press Escape to clear the search."
}

// NothingYetCalled says so while the roles of some accounts are not known.
func NothingYetCalled(query string, listed, unlisted int64) string {
	return "“" + query + "” is no account, and not among the " + Number(listed) + " listed so far. The roles of " + Accounts(unlisted) + " are still to come."
}

// Above rows that nothing matches.
const (
	Closest       = "Closest matches"
	ClosestChoose = Closest + ": choose one"
	ChooseFirst   = "Nothing matches exactly. Choose a row first, with ↑ ↓ or a click."
)

// TakenFor says beside a row which word of it something typed was taken for.
func TakenFor(typed, found string) string { return typed + " ≈ " + found }

// MatchesToo names beside a row another that matches as well.
func MatchesToo(row string) string { return "also " + row }
