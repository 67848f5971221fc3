package bookmarks

import (
	"strings"

	"portico/internal/directory"
	"portico/internal/placeholder"
)

// Placeholders are what a template for titles may hold.
var Placeholders = []string{"accountId", "accountName", "roleName"}

// Template makes titles of roles. The zero Template names a role as rows do, with
// the account's ID where its name could be another's: payments-prod · ReadOnly.
type Template struct{ parts []placeholder.Part }

// Parse reads a template, such as {roleName} @ {accountName}; an empty one stands
// for the zero Template. Any error is a [*placeholder.Error].
func Parse(text string) (Template, error) {
	parts, err := placeholder.Parse(text, Placeholders)
	if err != nil {
		return Template{}, err
	}
	for i := range text {
		if c := text[i]; c < ' ' || c == 0x7f { // a title is one line
			return Template{}, placeholder.Fault(placeholder.Character, text, i, i+1)
		}
	}
	return Template{parts}, nil
}

// title is the title of a role. One that would be blank is what the zero Template
// makes.
func (b *builder) title(a *directory.Account, role string) string {
	title := ""
	for _, p := range b.style.Title.parts {
		switch p.Name {
		case "accountId":
			title += a.ID
		case "accountName":
			title += a.Name
		case "roleName":
			title += role
		default:
			title += p.Literal
		}
	}
	if strings.TrimSpace(title) == "" {
		return b.accountTitle(a) + " · " + role
	}
	return title
}

// accountTitle is the title of an account's folder.
func (b *builder) accountTitle(a *directory.Account) string {
	if b.names[a.Name] > 1 {
		return a.Name + " (" + a.ID + ")"
	}
	return a.Name
}
