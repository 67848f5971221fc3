package backend

import (
	"context"
	"strings"

	"portico/internal/awsconfig"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/pattern"
	"portico/internal/portal"
	"portico/internal/profile"
	"portico/internal/words"
)

// longestConfig is how many bytes a file may have that profiles are added to.
const longestConfig = 4 << 20

// writeProfiles adds profiles of a portal's roles to ~/.aws/config, and says what
// that changes.
func (b *Backend) writeProfiles(ctx context.Context, p portal.Portal, want message.Profiles) (message.Config, error) {
	if len(want.Existing) > longestConfig {
		return message.Config{}, words.TooLongConfig()
	}
	wanted := pattern.Pattern{Account: strings.TrimSpace(want.Account), Role: strings.TrimSpace(want.Role)}
	if wanted.Void() {
		return message.Config{}, words.VoidPattern("1", printable(wanted.Account+" "+wanted.Role))
	}
	portals, err := b.portals(ctx)
	if err != nil {
		return message.Config{}, err
	}
	chosen, err := b.settings(ctx)
	if err != nil {
		return message.Config{}, err
	}
	names, err := profile.Parse(chosen.Profile)
	if err != nil {
		return message.Config{}, wrongTemplate(err, profile.Placeholders)
	}
	d, err := b.directory(ctx, p)
	if err != nil {
		return message.Config{}, err
	}
	all := profilesOf(d)
	var roles []awsconfig.Role
	for _, r := range all {
		seen := pattern.Role{Portal: p.ID, AccountID: r.AccountID, AccountName: directory.Escape(r.AccountName), RoleName: directory.Escape(r.RoleName)}
		if wanted.Matches(seen) {
			roles = append(roles, awsconfig.Role{Role: r, Region: chosen.For(seen).Region})
		}
	}
	if len(roles) == 0 {
		return message.Config{}, words.NoProfiles()
	}
	text, changes, err := awsconfig.Merge(want.Existing, awsconfig.Wanted{Session: p.NameAmong(portals.All), StartURL: p.StartURL,
		Region: p.Region, Roles: roles, Names: names, Among: all})
	if err != nil {
		return message.Config{}, words.NoConfig()
	}
	return message.Config{Text: text, Changes: strings.Join(changesSaid(changes), "\n")}, nil
}

// mostSaid is how many changes are said one by one.
const mostSaid = 200

// changesSaid says what changes: first what needs a look, then what is new.
func changesSaid(changes []awsconfig.Change) []string {
	var look, added []string
	present := int64(0)
	for _, c := range changes {
		section, account := printable(c.Section), printable(c.Role.AccountName)
		switch {
		case c.Kind == awsconfig.Present:
			present++
		case c.Kind == awsconfig.Skipped:
			look = append(look, words.ProfileSkipped.With(printable(c.Role.RoleName), account, printable(c.Role.AccountID)))
		case c.Kind == awsconfig.Changed && c.Old == "":
			look = append(look, words.ValueAdded.With(section, c.Key, printable(c.New)))
		case c.Kind == awsconfig.Changed:
			look = append(look, words.ValueChanged.With(section, c.Key, printable(c.Old), printable(c.New)))
		case c.Instead != "":
			look = append(look, words.ProfileRenamed.With(section, printable(c.Instead)))
		default:
			added = append(added, words.SectionAdded.With(section))
		}
	}
	said := append(look, added...)
	if more := len(said) - mostSaid; more > 0 {
		said = append(said[:mostSaid], words.MoreChanges.With(words.Number(int64(more))))
	}
	if present > 0 {
		said = append(said, words.PresentAlready.With(words.Number(present)))
	}
	return said
}
