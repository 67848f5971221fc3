package backend

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/pattern"
	"portico/internal/placeholder"
	"portico/internal/portal"
	"portico/internal/profile"
	"portico/internal/words"
)

func (b *Backend) settings(ctx context.Context) (message.Settings, error) {
	stored, err := b.Local.Get(ctx, message.SettingsKey)
	return message.ParseSettings(stored[message.SettingsKey]), err
}

// setSettings stores what the person chose. What is not among the changes stays as
// it was: another page may have changed that.
func (b *Backend) setSettings(ctx context.Context, changes message.Fields) error {
	if err := b.keepSettings(ctx, changes); err != nil {
		return err
	}
	return b.follow(ctx)
}

func (b *Backend) keepSettings(ctx context.Context, changes message.Fields) error {
	b.state.Lock()
	defer b.state.Unlock()
	was, err := b.settings(ctx)
	if err != nil {
		return err
	}
	s := was.With(changes)
	if err := b.checkAll(ctx, was, s, changes); err != nil {
		return err
	}
	return b.replaceSettings(ctx, was, s, make(map[string]string))
}

// replaceSettings stores settings in place of others, with other values, and does what
// follows from what changed.
func (b *Backend) replaceSettings(ctx context.Context, was, s message.Settings, values map[string]string) error {
	values[message.SettingsKey] = s.Text()
	forget := s.NoUses && !was.NoUses
	if forget {
		if err := b.forgetUses(ctx); err != nil {
			return err
		}
	}
	if forget || was.Unguarded != s.Unguarded || was.Guarded != s.Guarded || was.Spared != s.Spared {
		if err := b.headAnew(ctx, values, s.Guard()); err != nil {
			return err
		}
	}
	if was.SayEnd && !s.SayEnd {
		_ = b.Browser.SetBadge(ctx, "", "")
	}
	if was.StaySignedIn && !s.StaySignedIn {
		if err := b.unkeepAll(ctx); err != nil {
			return err
		}
	}
	return b.Local.Set(ctx, values)
}

// follow has sessions be as the settings want them.
func (b *Backend) follow(ctx context.Context) error {
	portals, err := b.portals(ctx)
	if err != nil {
		return err
	}
	for _, p := range portals.All {
		if err := b.followFor(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// followFor is follow for one portal. A session that is as it is wanted is not stored
// anew.
func (b *Backend) followFor(ctx context.Context, p portal.Portal) error {
	_, err := b.update(ctx, p, func(s *session) error {
		before := jobOf[*ending](s)
		kept, err := b.isKept(ctx, s)
		if s.awaitEnd(); kept && err == nil && jobOf[*ending](s) == before {
			return errStale
		}
		return err
	})
	if errors.Is(err, errStale) {
		return nil
	}
	return err
}

// checkChanges says what would be wrong with changes.
func (b *Backend) checkChanges(ctx context.Context, changes message.Fields) error {
	was, err := b.settings(ctx)
	if err != nil {
		return err
	}
	return b.checkAll(ctx, was, was.With(changes), changes)
}

// checkAll is checkSettings, and refuses what the organisation has set.
func (b *Backend) checkAll(ctx context.Context, was, s message.Settings, changes message.Fields) error {
	managed, err := b.managed(ctx)
	if err != nil {
		return err
	}
	for name := range s.Changes(was) {
		if managed.Locks(name) {
			refused := words.SetByOrganisation()
			refused.Field = name
			return refused
		}
	}
	if err := checkSettings(s, changes); err != nil {
		return err
	}
	return nil
}

// longestSetting is how many bytes one setting may have.
const longestSetting = 20_000

// checkSettings says what is wrong with what is to change; its Field is the
// setting's name.
func checkSettings(s message.Settings, changes message.Fields) error {
	all := s.Fields()
	for _, name := range checkedSettings {
		_, changed := changes[name]
		_, forOther := changes["shell"]
		if !changed && (name != "template" || !forOther) {
			continue
		}
		wrong := words.TooLongSetting()
		if len(all[name]) <= longestSetting {
			wrong = checkSetting(s, name)
		}
		if wrong != nil {
			wrong.Field = name
			return wrong
		}
	}
	return nil
}

// checkedSettings are those that can be wrong.
var checkedSettings = []string{"copyFormat", "region", "profile", "shell", "rules", "template", "guarded", "spared", "clearAfter", "lockAfter", "portals", "listAfter"}

func checkSetting(s message.Settings, name string) *message.Error {
	switch name {
	case "copyFormat":
		return checkFormat(s, s.CopyFormat)
	case "region":
		return checkRegion(s.Region)
	case "profile":
		_, err := profile.Parse(s.Profile)
		return wrongTemplate(err, profile.Placeholders)
	case "shell":
		if !slices.Contains(credfmt.Shells(), shellOf(s)) {
			return words.UnknownChoice(printable(s.Shell))
		}
		return nil
	case "template":
		return checkTemplate(s)
	case "rules":
		return checkRules(s)
	case "guarded":
		return checkPatterns(s.Guarded)
	case "spared":
		return checkPatterns(s.Spared)
	case "portals":
		return checkPortals(s.Portals)
	case "lockAfter":
		if !slices.Contains([]string{"", "5", "15", "60"}, s.LockAfter) {
			return words.UnknownChoice(printable(s.LockAfter))
		}
		return nil
	case "listAfter":
		if !slices.Contains([]string{"", "0", "1", "6", "24", "168"}, s.ListAfter) {
			return words.UnknownChoice(printable(s.ListAfter))
		}
		return nil
	}
	if !slices.Contains([]string{"", "30", "60", "300"}, s.ClearAfter) {
		return words.UnknownChoice(printable(s.ClearAfter))
	}
	return nil
}

// checkFormat tells whether a format can be chosen; an empty one is the first.
func checkFormat(s message.Settings, id string) *message.Error {
	if _, known := list.Find(id); !known && id != "" {
		return words.UnknownFormat(printable(id))
	}
	if id == list.Template && s.Template == "" {
		return words.NoTemplate()
	}
	return nil
}

func checkRegion(region string) *message.Error {
	if len(region) > 63 || strings.Trim(region, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return words.NotARegion(printable(region))
	}
	return nil
}

func checkTemplate(s message.Settings) *message.Error {
	if s.Template == "" && (s.CopyFormat == list.Template || usedByRule(s, list.Template)) {
		return words.NoTemplate()
	}
	return wrongTemplate(credfmt.CheckTemplate(s.Template, shellOf(s)), credfmt.Placeholders())
}

// shellOf is what a template is for.
func shellOf(s message.Settings) string {
	if s.Shell == "" {
		return list.POSIX
	}
	return s.Shell
}

func usedByRule(s message.Settings, format string) bool {
	return slices.ContainsFunc(message.ParseRules(s.Rules), func(r message.Rule) bool { return r.Format == format })
}

func checkRules(s message.Settings) *message.Error {
	rules := message.ParseRules(s.Rules)
	for i, r := range rules {
		if r.For == (pattern.Pattern{}) || r.For.Void() {
			return words.EmptyRule(strconv.Itoa(i + 1))
		}
		if err := checkFormat(s, r.Format); err != nil {
			return err
		}
		if err := checkRegion(r.Region); err != nil {
			return err
		}
		if _, _, known := landingOf(r.Page); !known && r.Page != "" {
			return words.NotAPage(printable(r.Page))
		}
	}
	if s.Rules != "" && len(rules) != strings.Count(strings.TrimSuffix(s.Rules, "\n"), "\n")+1 {
		return words.UnknownChoice(printable(s.Rules))
	}
	return nil
}

func checkPatterns(text string) *message.Error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if pattern.Parse(line).Void() {
			return words.VoidPattern(strconv.Itoa(n), printable(strings.TrimSpace(line)))
		}
	}
	return nil
}

// wrongTemplate says what is wrong with a template, and with which part of it.
func wrongTemplate(err error, known []string) *message.Error {
	var fault *placeholder.Error
	if !errors.As(err, &fault) {
		return nil
	}
	what := printable(fault.What)
	switch fault.Problem {
	case placeholder.Unknown:
		return words.UnknownPlaceholder(what, "{"+strings.Join(known, "}, {")+"}")
	case placeholder.Unclosed:
		return words.Unclosed(what)
	case placeholder.Unopened:
		return words.Unopened(what)
	case placeholder.InQuotes:
		return words.InQuotes(what)
	case placeholder.Touching:
		return words.Touching(what)
	case placeholder.Character:
		return words.NotInProfiles(what)
	}
	return words.NotInTemplates(what)
}

// optionsFor says how credentials of a role are written.
func optionsFor(s message.Settings, r pattern.Role) credfmt.Options {
	return credfmt.Options{Region: s.For(r).Region, Expiry: !s.NoExpiry, Names: s.Names, OneLine: s.OneLine, LeadingSpace: s.LeadingSpace,
		KeepProfile: s.KeepProfile, Profile: s.Profile, Template: s.Template, Shell: shellOf(s)}
}

// sampleOf shows what settings do, with credentials that are made up.
func sampleOf(s message.Settings) (message.Sample, error) {
	if err := checkSettings(s, s.Fields()); err != nil {
		return message.Sample{}, err
	}
	c := &credfmt.Credentials{AccountID: "111122223333", AccountName: "Payments", RoleName: "ReadOnly",
		AccessKeyID: "ASIAEXAMPLE", SecretAccessKey: "secret/EXAMPLE", SessionToken: "token/EXAMPLE=="}
	c.Expiration = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	o := optionsFor(s, pattern.Role{AccountID: c.AccountID, AccountName: c.AccountName, RoleName: c.RoleName})
	written, err := credfmt.Write(s.CopyFormat, c, o)
	return message.Sample{Text: written.Text, Unset: credfmt.Unset(s.CopyFormat, o)}, err
}

// mostLetters is how many a portal's name may have: more would fill the line.
const mostLetters = 40

// checkPortals tells whether portals can be called so.
func checkPortals(text string) *message.Error {
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case len(f) != 3 || f[2] != "" && !slices.Contains(message.Colours, f[2]):
			return words.UnknownChoice(printable(line))
		case utf8.RuneCountInString(f[1]) > mostLetters || directory.Escape(f[1]) != f[1]:
			return words.NotAName(mostLetters)
		}
	}
	return nil
}
