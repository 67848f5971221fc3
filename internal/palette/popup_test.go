package palette_test

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
	"portico/internal/portal"
)

const (
	acme = "id-of-acme"
	lab  = "id-of-lab"
)

// popup is a model driven as the popup's program drives it.
type popup struct {
	testing.TB
	palette.Model
}

// View is what a person reads: where names begin and end does not show.
func (p *popup) View() palette.View {
	v := p.Model.View()
	for _, text := range [...]*string{&v.Target, &v.Tab, &v.Notice.Text, &v.Empty.Hint, &v.Banner.Text, &v.SignIn.Hint} {
		*text = isolates.Replace(*text)
	}
	return v
}

var isolates = strings.NewReplacer("\u2068", "", "\u2069", "")

func portals(active string) message.Portals {
	return message.Portals{Active: active, All: []portal.Portal{{ID: acme, StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}, {ID: lab, StartURL: "https://lab.awsapps.com/start", Region: "us-east-1"}}}
}

// open is a popup at a portal that is signed in to, as high as eight accounts of one
// role each.
func open(t testing.TB, accounts ...directory.Account) *popup {
	p := &popup{TB: t}
	p.SetSettings(message.Settings{Consent: message.ConsentVersion})
	p.SetPortals(portals(acme))
	p.SetStatus(message.Status{SignIn: message.SignedIn})
	p.lists(accounts...)
	p.View()
	p.shows(0, 8)
	return p
}

// one is how high an account with one role is.
const one = directory.AccountHeight + directory.RowHeight

// shows has the list show so many accounts of one role each, from one on.
func (p *popup) shows(first, visible int) { p.Scrolled(first*one, visible*one) }

func (p *popup) lists(accounts ...directory.Account) {
	p.SetDirectory(directory.Encode(&directory.Directory{Started: 1, Updated: 2, Accounts: accounts}))
}

// account gives an account by the name that is shown and roles as they are stored.
func account(id int, name string, roles ...string) directory.Account {
	return directory.Account{ID: fmt.Sprintf("%012d", id), Name: name, Email: fmt.Sprintf("aws+%d@example.com", id), Roles: roles, State: directory.Done}
}

var company = []directory.Account{
	account(1, "data-platform-staging", "ReadOnly", "Admin"),
	account(2, "payments-dev", "ReadOnly", "Admin"),
	account(3, "payments-prod", "ReadOnly", "Admin"),
	account(4, "sandbox-jlee", "Developer"),
}

// numbered gives n accounts of one role each, "account-0000" first.
func numbered(n int) []directory.Account {
	accounts := make([]directory.Account, n)
	for i := range accounts {
		accounts[i] = account(i, fmt.Sprintf("account-%04d", i), "ReadOnly")
	}
	return accounts
}

// aim is what shows: the portal and the selected row.
func (p *popup) aim() palette.Aim { p.Helper(); return p.aimAt(-1) }

// aimAt is the portal and the i-th row as they show; -1 means the selected one.
func (p *popup) aimAt(i int) palette.Aim {
	p.Helper()
	on := palette.Aim{Portal: p.Active()}
	_, rows, ok := strings.Cut(p.Saved(), "\n\n")
	if !ok {
		return on
	}
	got := paint(p.TB, rows)
	if i < 0 {
		i = got.selected
	}
	if i >= got.first && i < got.first+len(got.rows) {
		row := got.rows[i-got.first]
		on.AccountID, on.RoleName = unmark.Replace(row[1]), unmark.Replace(row[2])
	}
	return on
}

// Press, Act and Select are aimed at what shows.
func (p *popup) Press(k palette.Key) ([]palette.Effect, bool) {
	p.Helper()
	k.On = p.aim()
	return p.Model.Press(k)
}

func (p *popup) Act(a palette.Action) []palette.Effect { p.Helper(); return p.Model.Act(a, p.aim()) }

func (p *popup) Select(i int) { p.Helper(); p.Model.Select(i, p.aimAt(i)) }

// painted is what the row painter makes of a view's rows.
type painted struct {
	total, first, selected, scrollTo int
	height, top, before              int
	above, heading                   string
	rows                             [][]string // name, ID, role; marks included
	heads                            []int      // rows below whose account's name they are the first
	notes, marks, environments       []string   // by row
	stars, labels                    []string
}

func (p *popup) painted() painted { p.Helper(); return paint(p.TB, p.View().Rows) }

func paint(t testing.TB, text string) painted {
	t.Helper()
	head, rest, _ := strings.Cut(text, "\n")
	numbers := strings.Split(head, "\t")
	var got painted
	if len(numbers) > 7 {
		got.above = numbers[7]
	}
	if len(numbers) > 8 {
		got.heading = numbers[8]
	}
	for i, to := range []*int{&got.total, &got.first, &got.selected, &got.scrollTo, &got.height, &got.top, &got.before} {
		if i >= 4 && i == len(numbers) {
			break // a head begins at the top; earlier versions had rows of one height
		}
		if i >= len(numbers) {
			t.Fatalf("head of rows is %q", head)
		}
		var err error
		if *to, err = strconv.Atoi(numbers[i]); err != nil {
			t.Fatal(err)
		}
	}
	if rest == "" {
		return got
	}
	name, id := "", ""
	for i, line := range strings.Split(rest, "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) < 3 || len(cells) > 8 || len(cells) > 3 && cells[len(cells)-1] == "" || i == 0 && cells[0] == "" {
			t.Fatalf("row is %q", line)
		}
		if cells[0] != "" {
			name, id, got.heads = cells[0], cells[1], append(got.heads, i)
		}
		cells = append(cells, "", "", "", "", "")[:8]
		got.rows, got.notes, got.marks = append(got.rows, []string{name, id, cells[2]}), append(got.notes, cells[3]), append(got.marks, cells[4])
		got.environments, got.stars, got.labels = append(got.environments, cells[5]), append(got.stars, cells[6]), append(got.labels, cells[7])
	}
	return got
}

var unmark = strings.NewReplacer("\x01", "", "\x02", "")

// selection is the name and role that are shown as selected.
func (p *popup) selection() string {
	p.Helper()
	got := p.painted()
	i := got.selected - got.first
	if got.selected < 0 {
		return ""
	}
	if i < 0 || i >= len(got.rows) {
		p.Fatalf("selected row %d is not painted: %d rows from %d on", got.selected, len(got.rows), got.first)
	}
	return unmark.Replace(got.rows[i][0] + " " + got.rows[i][2])
}

func (p *popup) wantSelected(want string) {
	p.Helper()
	if got := p.selection(); got != want {
		p.Fatalf("selected is %q, want %q", got, want)
	}
}

// keys are the presses that tests name.
var keys = map[string]palette.Key{
	"Enter":            {Name: "Enter"},
	"Ctrl+Enter":       {Name: "Enter", Ctrl: true},
	"Ctrl+Shift+Enter": {Name: "Enter", Ctrl: true, Shift: true},
	"Ctrl+D":           {Name: "d", Ctrl: true},
	"Ctrl+I":           {Name: "i", Ctrl: true},
	"Caps+D":           {Name: "D", Ctrl: true},
	"Down":             {Name: "ArrowDown"},
	"Up":               {Name: "ArrowUp"},
	"PageDown":         {Name: "PageDown"},
	"PageUp":           {Name: "PageUp"},
	"Escape":           {Name: "Escape"},
}

// press gives a key that must mean something.
func (p *popup) press(name string) []palette.Effect {
	p.Helper()
	k, known := keys[name]
	effects, handled := p.Press(k)
	if !known || !handled {
		p.Fatalf("%s means nothing (known: %v)", name, known)
	}
	return effects
}

// only gives the one effect there is, which is of type E.
func only[E palette.Effect](p *popup, effects []palette.Effect) E {
	p.Helper()
	if len(effects) != 1 {
		p.Fatalf("effects are %+v", effects)
	}
	e, ok := effects[0].(E)
	if !ok {
		p.Fatalf("effect is %+v", effects[0])
	}
	return e
}

func (p *popup) send(effects []palette.Effect) palette.Send {
	p.Helper()
	return only[palette.Send](p, effects)
}

func (p *popup) nothing(effects []palette.Effect) {
	p.Helper()
	if len(effects) != 0 {
		p.Fatalf("effects are %+v", effects)
	}
}

func (p *popup) wantNotice(kind palette.NoticeKind, parts ...string) {
	p.Helper()
	got := p.View().Notice
	if got.Kind != kind {
		p.Errorf("notice is %+v, want one of kind %q", got, kind)
	}
	for _, part := range parts {
		if !strings.Contains(got.Text, part) {
			p.Errorf("notice %q does not say %q", got.Text, part)
		}
	}
}

func (p *popup) wantNoNotice() {
	p.Helper()
	if got := p.View().Notice; got != (palette.Notice{}) {
		p.Errorf("notice is %+v", got)
	}
}

func (p *popup) wantScreen(want palette.Screen) {
	p.Helper()
	if got := p.View().Screen; got != want {
		p.Errorf("screen is %q, want %q", got, want)
	}
}

func (p *popup) wantFields(s palette.Send, want message.Type, f message.Fields) {
	p.Helper()
	if s.Type != want || !reflect.DeepEqual(s.Fields, f) {
		p.Errorf("sends %q %v, want %q %v", s.Type, s.Fields, want, f)
	}
}

// wantRole checks what is asked for of which role, and that what was typed for it goes
// along.
func (p *popup) wantRole(s palette.Send, want message.Type, r message.Role) {
	p.Helper()
	r.Typed = p.View().Query
	if got := message.RoleFrom(s.Fields); s.Type != want || got != r {
		p.Errorf("sends %q of %+v, want %q of %+v", s.Type, got, want, r)
	}
}

var (
	expires     = time.Date(2026, 3, 1, 19, 30, 0, 0, time.Local)
	credentials = message.Copy{Text: "export the secret", Expiration: expires.UnixMilli()}
)
