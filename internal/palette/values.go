package palette

import (
	"portico/internal/message"
	"portico/internal/words"
)

// value is one that is shown only if that is asked for.
type value struct {
	name, text string
	of         string // whose it is
	shown      bool
}

// Value is a value as its screen shows it.
type Value struct {
	Name string
	Text string // in place of what is not shown, dots
	Open bool   // it is shown
}

// dots stand for any value, however long it is.
const dots = "••••••••••••"

func (m *Model) shownValues() (all []Value, of string) {
	for _, v := range m.values {
		s := Value{v.name, dots, v.shown}
		if v.shown {
			s.Text = v.text
		}
		all, of = append(all, s), v.of
	}
	return all, of
}

// showValues has credentials to look at.
func (m *Model) showValues(row Row, c message.Values) {
	m.show(Values)
	for _, v := range [...][2]string{{"AWS_ACCESS_KEY_ID", c.AccessKeyID}, {"AWS_SECRET_ACCESS_KEY", c.SecretAccessKey}, {"AWS_SESSION_TOKEN", c.SessionToken}} {
		m.values = append(m.values, value{name: v[0], text: v[1], of: row.String()})
	}
}

// offerText has what the clipboard refused to copy by hand.
func (m *Model) offerText(c Copy) {
	m.show(Values)
	m.values = []value{{name: words.CopyByHand.With(c.as), text: c.Text, of: c.of.Row.String()}}
}

// Reveal shows the i-th value, or hides it again.
func (m *Model) Reveal(i int) {
	if i >= 0 && i < len(m.values) {
		m.values[i].shown = !m.values[i].shown
	}
}

// CopyValue copies the i-th value alone.
func (m *Model) CopyValue(i int) []Effect {
	if i < 0 || i >= len(m.values) {
		return nil
	}
	v := m.values[i]
	return []Effect{CopyText{v.text, words.CopiedValue.With(v.name), m.portals.Active}}
}

// CopiedText takes how writing a text to the clipboard ended. What is secret is
// taken off it again, if that is chosen.
func (m *Model) CopiedText(c CopyText, ok bool) []Effect {
	if !ok {
		m.notice = Notice{Failure, words.ClipboardRefused}
		return nil
	}
	m.notice = Notice{Success, c.said}
	if c.secretOf == "" && m.settings.CloseAfterCopy {
		return []Effect{Close{}}
	}
	if c.secretOf == "" || m.settings.ClearAfter == "" {
		return nil
	}
	return []Effect{Send{Type: message.ClipboardClear, Fields: message.Secret{Portal: c.secretOf, Text: c.Text}.Fields()}}
}
