package directory

import (
	"slices"
	"strconv"
	"strings"

	"portico/internal/digits"
)

// Changes is what a sync found otherwise than the one before: roles that came and
// roles that went, each in an account. They are kept until a later one finds others.
type Changes struct {
	Run       int64 // the directory's Started of that sync
	New, Gone int64 // how many there are of each
	Told      int64 // of how many in all the person was told
	// Rows name them: `+` or `-`, account ID, account and role, with tabs between.
	Rows []string
}

// mostChanges is how many are kept by name. The others are counted.
const mostChanges = 200

const came, went = "+", "-"

// note takes what became of the roles of an account of d. Of a first sync everything
// is new, which is nothing to tell.
func (c *Changes) note(d *Directory, a *Account, before, after []string) {
	if d.Began == 0 || slices.Equal(before, after) {
		return
	}
	has := make(map[string]bool, len(before)+len(after))
	for _, role := range before {
		has[role] = false
	}
	for _, role := range after {
		if _, had := has[role]; !had {
			c.add(d.Started, came, a, role)
		}
		has[role] = true
	}
	for _, role := range before {
		if !has[role] {
			c.add(d.Started, went, a, role)
		}
	}
}

// add counts a change. What one that was cut off had found and is undone by now is
// none.
func (c *Changes) add(run int64, sign string, a *Account, role string) {
	if c.Run != run {
		*c = Changes{Run: run}
	}
	row := "\t" + a.ID + "\t" + a.Name + "\t" + role
	opposite := came
	if sign == came {
		opposite = went
	}
	by := int64(1)
	if undone := slices.Index(c.Rows, opposite+row); undone >= 0 {
		c.Rows = slices.Delete(c.Rows, undone, undone+1)
		by, sign = -1, opposite
	} else if len(c.Rows) < mostChanges {
		c.Rows = append(c.Rows, sign+row)
	}
	if sign == came {
		c.New += by
	} else {
		c.Gone += by
	}
}

// Text gives the stored form: run and counts in the first line, with tabs between,
// then the rows.
func (c *Changes) Text() string {
	if c.Run == 0 {
		return ""
	}
	text := ""
	for _, n := range [...]int64{c.Run, c.New, c.Gone, c.Told} {
		text += strconv.FormatInt(n, 10) + "\t"
	}
	return text + "\n" + strings.Join(c.Rows, "\n")
}

// ParseChanges reads the stored form. What can't be read is none.
func ParseChanges(text string) (c Changes) {
	head, _ := cut(&text, '\n')
	var n [4]int64
	for i := range n {
		number, _ := cut(&head, '\t')
		var ok bool
		if n[i], ok = digits.Parse(number, 10); !ok || n[i] < 0 || n[0] == 0 {
			return Changes{}
		}
	}
	c.Run, c.New, c.Gone, c.Told = n[0], n[1], n[2], n[3]
	for more := text != ""; more && len(c.Rows) < mostChanges; {
		var row string
		row, more = cut(&text, '\n')
		c.Rows = append(c.Rows, row)
	}
	return c
}
