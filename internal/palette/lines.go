package palette

import "portico/internal/directory"

// Where rows stand in the list, in CSS pixels from its top: below their account's
// name, which is written once for rows of it that follow each other. That is known
// before anything is painted, so that of twenty thousand rows only those are that
// show.

// run is rows of one account that follow each other, below its name.
type run struct {
	from int // its first match
	top  int // of the name
	rows int // where they begin
}

// gather has the matches of each account stand together, where the best of them stands:
// what is searched for is looked for by its account.
func (m *Model) gather() {
	// How many matches an account has, and then, less than zero, where its next goes.
	place, end := make([]int32, len(m.searched.Accounts)), int32(-1)
	last, together := int32(-1), true
	for _, hit := range m.hits {
		account, _ := m.index.Row(hit)
		if account != last && place[account] > 0 {
			together = false
		}
		last = account
		place[account]++
	}
	if together {
		return
	}
	gathered := make([]int32, len(m.hits))
	for _, hit := range m.hits {
		account, _ := m.index.Row(hit)
		p := &place[account]
		if *p > 0 {
			end, *p = end-*p, end
		}
		gathered[-1-*p] = hit
		*p--
	}
	copy(m.hits, gathered)
}

// arrange finds where everything stands.
func (m *Model) arrange() {
	if m.runs == nil && len(m.hits) > 0 {
		m.runs = make([]run, 0, len(m.searched.Accounts))
	}
	m.runs, m.bottom = m.runs[:0], 0
	last := int32(-1)
	for i, hit := range m.hits {
		if account, _ := m.index.Row(hit); account != last {
			last = account
			rows := m.bottom + directory.HeightOf(m.searched.Accounts[account].Name)
			m.runs, m.bottom = append(m.runs, run{i, m.bottom, rows}), rows
		}
		m.bottom += directory.RowHeight
	}
}

// run gives the last that begins neither behind the i-th match nor below y. In its
// callers it would be 1 KB of the popup.
//
//go:noinline
func (m *Model) run(i, y int) *run {
	low, high := 0, len(m.runs)
	for high-low > 1 {
		if middle := (low + high) / 2; m.runs[middle].from <= i && m.runs[middle].top <= y {
			low = middle
		} else {
			high = middle
		}
	}
	return &m.runs[low]
}

// topOf is where the i-th match stands, and how far above the name of its account begins
// where that stays at the list's edge.
func (m *Model) topOf(i int) (top, name int) {
	r := m.run(i, m.bottom)
	return r.rows + (i-r.from)*directory.RowHeight, r.rows - r.top
}

// matchAt gives the match that stands at a place, or the nearest.
func (m *Model) matchAt(y int) int {
	r := m.run(len(m.hits), y)
	return min(r.from+max(0, y-r.rows)/directory.RowHeight, len(m.hits)-1)
}

// reveal scrolls as little as needed to show the selection, below the name of its
// account.
func (m *Model) reveal() {
	if m.height == 0 || m.cursor < 0 {
		return // not measured yet
	}
	top, name := m.topOf(m.cursor)
	to := max(min(m.top, top-name), top+directory.RowHeight-m.height)
	if to != m.top {
		m.top, m.scroll = to, to
	}
}

// page selects the match that stands a list's height below the selected one, or above.
func (m *Model) page(direction int) {
	if len(m.hits) == 0 {
		return
	}
	top, _ := m.topOf(max(0, m.cursor))
	m.choose(m.matchAt(top + direction*(m.height-directory.TallHeight-directory.RowHeight)))
}
