package credfmt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"portico/internal/credfmt/list"
	"portico/internal/placeholder"
)

// Plain is what a template is for that is for neither a shell nor JSON.
const Plain = "plain"

// Shells are what a template can be for: the IDs of shells, [list.JSON] and
// [Plain].
//
// In each but Plain a placeholder becomes a string in double quotes. Between
// double quotes of the template it goes on with that string; in cmd it has no
// quotes of its own, since SET would make them part of the value. In Plain it
// becomes the value as it is, of which only letters, digits, blanks and
// +/=_.,:@- are left.
func Shells() []string {
	return []string{list.POSIX, list.Fish, list.PowerShell, list.Cmd, list.Nushell, list.JSON, Plain}
}

// Placeholders are what a template may hold.
func Placeholders() []string {
	return []string{"accessKeyId", "secretAccessKey", "sessionToken", "expiration", "region", "accountId", "accountName", "roleName", "profile"}
}

// CheckTemplate says what is wrong with a template for a shell, and where. Any
// error is an [*placeholder.Error].
func CheckTemplate(text, shell string) error {
	_, err := parseTemplate(text, shell)
	return err
}

// piece is a part of a template, and for a placeholder whether it stands between
// double quotes.
type piece struct {
	placeholder.Part
	quoted bool
}

// template writes o's template.
func (w *writer) template(c *Credentials, o *Options) error {
	pieces, err := parseTemplate(o.Template, o.Shell)
	if err != nil {
		return err
	}
	name, err := c.profile(o.Profile)
	if err != nil {
		return err
	}
	values := map[string]field{
		"accessKeyId": {accessKeyID, c.AccessKeyID}, "secretAccessKey": {secretAccessKey, c.SecretAccessKey},
		"sessionToken": {sessionToken, c.SessionToken}, "expiration": {expiration, c.expires()}, "region": {region, o.Region},
		"accountId": {accountID, c.AccountID}, "accountName": {accountName, c.AccountName}, "roleName": {roleName, c.RoleName},
		"profile": {profileName, name},
	}
	for _, p := range pieces {
		if p.Name == "" {
			w.add(p.Literal)
		} else {
			w.place(values[p.Name], o.Shell, p.quoted)
		}
	}
	return nil
}

// place writes a value in the place of a placeholder.
func (w *writer) place(f field, shell string, quoted bool) {
	quote := `"`
	if quoted || shell == list.Cmd || shell == Plain {
		quote = ""
	}
	w.add(quote)
	switch {
	case shell == list.JSON:
		w.inJSON(f)
	case shell == Plain:
		w.value(f, func(r rune) (string, bool) {
			return string(r), r == ' ' || isBare(r) || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r))
		})
	case shell == list.Cmd && !quoted:
		// A caret would do for most, but not on either side of a pipe, which is read twice.
		w.value(f, same(cmdRunsIn+"&|<>^()@"))
	default:
		w.value(f, shellOf(shell).escape)
	}
	w.add(quote)
}

// grammar is how far a shell's own reading is followed in a template: enough to
// know whether a placeholder stands between quotes, and between which. What would
// need more is refused.
type grammar struct {
	double, single string // quotation marks
	refused        []string
	inDouble       []string // refused between double quotes
	inSingle       string   // refused between single quotes; none where it is empty
	before         string   // what no placeholder may stand behind
	comments       bool     // a # that begins a word begins a comment
	apart          bool     // strings that touch are no two strings
	subscripts     bool     // zsh calculates what it takes for one: a[…], and in a name to which something is assigned
	perLine        bool     // a line's end ends a string
}

func grammarOf(shell string) grammar {
	switch shell {
	case list.Fish:
		return grammar{double: `"`, single: "'", refused: []string{`\`}, inDouble: []string{`\`, "$("}, inSingle: `\`, before: "$", comments: true}
	case list.PowerShell:
		return grammar{double: `"“”„`, single: "'‘’‚‛", refused: []string{"`", "<#", "--%"}, inDouble: []string{"`", "$(", "${"}, before: "$@", comments: true, apart: true}
	case list.Cmd:
		return grammar{double: `"`, refused: []string{"^"}, perLine: true}
	case list.Nushell:
		return grammar{double: `"`, single: "'`", refused: []string{"r#", "$\"", "$'"}, inDouble: []string{`\`}, before: "$", comments: true, apart: true}
	case list.JSON:
		return grammar{double: `"`, refused: []string{"'"}, inDouble: []string{`\`}, apart: true}
	}
	return grammar{double: `"`, single: "'", refused: []string{`\`, "`", "<<", "$'", `$"`, "((", "$["}, inDouble: []string{`\`, "`", "$(", "${"}, before: "$[", comments: true, subscripts: true}
}

// parseTemplate reads a template and finds out between what its placeholders stand.
func parseTemplate(text, shell string) ([]piece, error) {
	parts, err := placeholder.Parse(text, Placeholders())
	if err != nil {
		return nil, err
	}
	s := scan{grammar: grammarOf(shell), text: text}
	pieces := make([]piece, len(parts))
	for i, p := range parts {
		if shell != Plain {
			if p.Name == "" {
				err = s.literal(p)
			} else {
				err = s.placeholder(p)
			}
			if err != nil {
				return nil, err
			}
		}
		pieces[i] = piece{p, s.quote == 'd'}
	}
	if s.quote != 0 && !s.perLine {
		return nil, placeholder.Fault(placeholder.Unclosed, text, s.opened, len(text))
	}
	return pieces, nil
}

// scan is the state in which a shell is between two characters of a template.
type scan struct {
	grammar
	text    string
	quote   rune   // 'd' between double quotes, 's' between single ones, 0 outside
	opener  string // the single quotation mark that opened them
	opened  int    // where
	comment bool
	last    string // the character before, in the text that is written
	inName  bool   // between double quotes, the name of a variable may go on here
}

// literal follows a literal part.
func (s *scan) literal(p placeholder.Part) error {
	at := p.At // of the character in the template, where braces are doubled
	for i := 0; i < len(p.Literal); {
		r, size := utf8.DecodeRuneInString(p.Literal[i:])
		end := at + size
		if r == '{' || r == '}' {
			end++
		}
		if err := s.step(r, p.Literal[i:], at, end); err != nil {
			return err
		}
		s.last, at, i = string(r), end, i+size
	}
	return nil
}

func (s *scan) step(r rune, rest string, at, end int) error {
	refuse := func() error { return placeholder.Fault(placeholder.Forbidden, s.text, at, end) }
	if r == '\n' || r == '\r' {
		if s.quote != 0 && !s.perLine {
			return placeholder.Fault(placeholder.Unclosed, s.text, s.opened, at)
		}
		s.quote, s.comment = 0, false
		return nil
	}
	mark := strings.ContainsRune(s.double, r) || strings.ContainsRune(s.single, r)
	if s.comment {
		// Where a shell that is typed into knows no comments, these would count.
		if mark || begins(rest, s.refused) {
			return refuse()
		}
		return nil
	}
	switch s.quote {
	case 's':
		if string(r) == s.inSingle { // fish reads \' as no end
			return refuse()
		}
		if s.closes(r) {
			s.quote = 0
		}
		return nil
	case 'd':
		s.inName = r == '$' && strings.Contains(s.before, "$") || s.inName && (isBare(r) || strings.ContainsRune(":[{?#", r)) && r != '/' && r != '.' && r != '-' && r != '=' && r != ','
		if begins(rest, s.inDouble) {
			return refuse()
		}
		if strings.ContainsRune(s.double, r) {
			s.quote = 0
		}
		return nil
	}
	switch {
	case begins(rest, s.refused), s.apart && mark && s.last == placed, s.subscripts && r == '=' && s.last == placed:
		return refuse()
	case strings.ContainsRune(s.double, r):
		if s.last != "" && strings.Contains(s.before, s.last) {
			return refuse()
		}
		s.quote, s.opened, s.inName = 'd', at, false
	case strings.ContainsRune(s.single, r):
		if s.last != "" && strings.Contains(s.before, s.last) {
			return refuse()
		}
		s.quote, s.opened, s.opener = 's', at, string(r)
	case r == '#' && s.comments && s.wordBegins():
		s.comment = true
	}
	return nil
}

// closes tells whether a character ends what a single quotation mark began: in
// nushell the same mark, in PowerShell any.
func (s *scan) closes(r rune) bool {
	if strings.Contains(s.single, "‘") {
		return strings.ContainsRune(s.single, r)
	}
	return string(r) == s.opener
}

// wordBegins tells whether a word may begin here; if in doubt, it does.
func (s *scan) wordBegins() bool {
	if s.last == placed {
		return false
	}
	return s.last == "" || !isBare([]rune(s.last)[0])
}

// placed stands for what is written in the place of a placeholder.
const placed = "{}"

// placeholder follows a placeholder, that is a string without surprises.
func (s *scan) placeholder(p placeholder.Part) error {
	end := p.At + len(p.Name) + len("{}")
	fault := func(k placeholder.Problem) error { return placeholder.Fault(k, s.text, p.At, end) }
	last := s.last
	s.last = placed
	switch {
	case s.quote == 's':
		return fault(placeholder.InQuotes)
	case s.quote == 'd' && s.inName: // "$HOME{roleName}" would be another variable
		return fault(placeholder.Touching)
	case s.quote == 'd' || s.comment:
		return nil
	case last != "" && last != placed && strings.Contains(s.before, last):
		return fault(placeholder.Touching)
	case s.apart && last != "" && !strings.Contains(" \t\r\n=([{,;:|", last):
		return fault(placeholder.Touching)
	}
	return nil
}

func begins(text string, any []string) bool {
	for _, a := range any {
		if strings.HasPrefix(text, a) {
			return true
		}
	}
	return false
}
