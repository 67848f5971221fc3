package directory

import (
	"errors"
	"strings"

	"portico/internal/digits"
)

// Snapshots of version 1 were one text, and each account said how far the sync was
// with it:
//
//	portico-directory <TAB> 1 <TAB> started <TAB> updated
//	A <TAB> id <TAB> name <TAB> email <TAB> state <TAB> problem
//	R <TAB> role name            one line for each role of the account above
const magicV1 = "portico-directory\t1\t"

var errV1 = errors.New("decode directory snapshot: not a snapshot of version 1")

// DecodeV1 reads a snapshot of version 1.
func DecodeV1(text string) (*Directory, error) {
	lines, ok := strings.CutPrefix(text, magicV1)
	d := &Directory{Accounts: []Account{}}
	var ok1, ok2 bool
	head, whole := cut(&lines, '\n')
	started, _ := cut(&head, '\t')
	d.Started, ok1 = digits.Parse(started, 10)
	d.Updated, ok2 = digits.Parse(head, 10)
	if !ok || !ok1 || !ok2 || !whole {
		return nil, errV1
	}
	if d.Began = d.Updated; d.Updated >= d.Started {
		d.Began = d.Started
	}
	for lines != "" {
		line, whole := cut(&lines, '\n')
		kind, _ := cut(&line, '\t')
		switch f := strings.Split(line, "\t"); {
		case kind == "A" && len(f) == 5 && (f[3] == "p" || f[3] == "d" || f[3] == "f"):
			d.Accounts = append(d.Accounts, Account{ID: f[0], Name: f[1], Email: f[2], State: State(f[3][0]), Problem: f[4]})
		case kind == "R" && len(f) == 1 && len(d.Accounts) > 0:
			a := &d.Accounts[len(d.Accounts)-1]
			a.Roles = append(a.Roles, line)
		default:
			return nil, errV1
		}
		if !whole {
			return nil, errV1 // it was cut off in the middle of a line
		}
	}
	for i := range d.Accounts {
		if a := &d.Accounts[i]; a.State != Done && len(a.Roles) == 0 {
			d.listedAt(a, 0)
		}
	}
	return d, nil
}
