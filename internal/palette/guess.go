package palette

import (
	"strings"

	"portico/internal/directory"
	"portico/internal/search"
	"portico/internal/words"
)

// A search that nothing matches shows what may have been meant. Such rows are a
// guess and are said to be one; keys act on the first of them only where no other
// account is as close. Otherwise nothing is selected until the person has chosen.

// undecided tells whether the person has to choose before keys act on a row.
func (m *Model) undecided() bool { return m.found.Guess && m.found.Close != 1 }

// heading is what stands above the rows, empty if they are what was asked for.
func (m *Model) heading() string {
	switch {
	case !m.found.Guess || len(m.hits) == 0:
		return ""
	case m.undecided() && m.cursor < 0:
		return words.ClosestChoose
	}
	return words.Closest
}

// note is what is said beside the i-th match: that it was copied last, which words
// were taken for what was typed, and, beside the first, which row matches as well.
func (m *Model) note(i int, h *search.Highlight) string {
	notes := m.lastCopied(i)
	for _, a := range h.Alike {
		notes = append(notes, words.TakenFor.With(clip(a.Typed), clip(a.Found)))
	}
	if i == 0 && m.found.Rival >= 0 {
		notes = append(notes, words.MatchesToo.With(m.rival()))
	}
	account, role := m.index.Row(m.hits[i])
	if m.made[directory.Place{Account: account, Role: role}].Hidden {
		notes = append(notes, words.IsHidden)
	}
	if a := &m.dir.Accounts[account]; a.State == directory.Failed {
		if age := m.age(m.dir.ListedAt(a)); age != "" {
			notes = append(notes, age)
		}
	}
	return strings.Join(notes, " · ")
}

// age says how long ago something was listed; nothing if that is not long or unknown.
func (m *Model) age(listed int64) string {
	const long = 60 // minutes
	minutes := (m.now - listed) / 60_000
	if listed <= 0 || minutes < long {
		return ""
	}
	return words.ListedAgo.With(words.Minutes(minutes))
}

// rival names the row that matches as well as the first by what it differs in.
func (m *Model) rival() string {
	account, role := m.index.Row(m.found.Rival)
	first, _ := m.index.Row(m.hits[0])
	a := &m.dir.Accounts[account]
	switch {
	case account == first:
		return clip(a.Roles[role])
	case a.Name == m.dir.Accounts[first].Name:
		return clip(a.ID)
	}
	return elided(a.Name, m.dir.Accounts[first].Name)
}

// elided is a name as it can stand beside a row: without what another begins with
// as well, but for a word, if that is long.
func elided(name, other string) string {
	const most, leastLeftOut = 24, 8
	if len(name) <= most {
		return name
	}
	same := 0
	for same < len(name) && same < len(other) && name[same] == other[same] {
		same++
	}
	for range 2 { // back to the beginning of the word that differs, and of the one before
		same = strings.LastIndexAny(name[:max(same, 0)], "-_ /.(")
	}
	if same < leastLeftOut {
		return cut(name, most)
	}
	return ellipsis + cut(name[same:], most)
}
