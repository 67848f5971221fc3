package credfmt

import (
	"slices"
	"strings"
	"time"

	"portico/internal/credfmt/list"
	"portico/internal/profile"
)

// Options say what is written beside the keys and the token, and how. What a
// format has no place for is left out: docs/formats.md shows each.
type Options struct {
	Region       string // empty: none is written
	Expiry       bool   // when the credentials end
	Names        bool   // account ID, account name and role name
	OneLine      bool   // commands on one line, JSON without blanks
	LeadingSpace bool   // before each command, which keeps it out of the history of many shells
	KeepProfile  bool   // commands leave AWS_PROFILE as it is

	Profile  string // template of the profile's name; empty: <account ID>_<role>
	Template string // the text of list.Template
	Shell    string // what Template is pasted into: one of Shells
}

// Written is what [Write] gives.
type Written struct {
	Text string
	// Replaced says which values hold something else than they should, since the
	// format, or the clipboard, can't carry what they held.
	Replaced []Replaced
}

// Replaced says what of a value was replaced, by a low line each time.
type Replaced struct {
	Name  string // the environment variable that has, or would have, the value
	Chars string // what was replaced, each character once; empty if the value is a secret
}

// The environment variables that AWS CLI and SDKs read, and three that only tell
// people and their prompts where they are. AWS_ACCOUNT_ID is read too: endpoints
// may depend on it.
const (
	accessKeyID     = "AWS_ACCESS_KEY_ID"
	secretAccessKey = "AWS_SECRET_ACCESS_KEY"
	sessionToken    = "AWS_SESSION_TOKEN"
	expiration      = "AWS_CREDENTIAL_EXPIRATION"
	region          = "AWS_REGION"
	defaultRegion   = "AWS_DEFAULT_REGION"
	accountID       = "AWS_ACCOUNT_ID"
	accountName     = "AWS_ACCOUNT_NAME"
	roleName        = "AWS_ROLE_NAME"
)

// What wins over credentials in the environment, or over a part of them: the SDK
// for JavaScript takes AWS_PROFILE before keys that are set, botocore takes
// AWS_SECURITY_TOKEN before AWS_SESSION_TOKEN.
const (
	profileName   = "AWS_PROFILE"
	securityToken = "AWS_SECURITY_TOKEN"
)

// field is one value of what is written.
type field struct {
	variable string
	value    string // empty: there is none
}

// fields gives what the environment is to hold, in order, and with empty values
// what it is not to hold.
func (c *Credentials) fields(o *Options) []field {
	all := []field{{accessKeyID, c.AccessKeyID}, {secretAccessKey, c.SecretAccessKey}, {sessionToken, c.SessionToken},
		{expiration, ""}, {region, o.Region}, {defaultRegion, o.Region}, {accountID, ""}, {accountName, ""}, {roleName, ""}}
	if o.Expiry {
		all[3].value = c.expires()
	}
	if o.Names {
		all[6].value, all[7].value, all[8].value = c.AccountID, c.AccountName, c.RoleName
	}
	return all
}

// expires is when the credentials end, as AWS writes it; empty if that is unknown.
func (c *Credentials) expires() string {
	if c.Expiration.IsZero() {
		return ""
	}
	return c.Expiration.UTC().Format(time.RFC3339)
}

// profile names the profile of the credentials.
func (c *Credentials) profile(template string) (string, error) {
	t, err := profile.Parse(template)
	if err != nil {
		return "", err
	}
	own := profile.Role{AccountID: c.AccountID, AccountName: c.AccountName, RoleName: c.RoleName}
	if template == "" {
		return t.Names([]profile.Role{own}, nil)[0], nil
	}
	at := slices.IndexFunc(c.Among, func(r profile.Role) bool { return r.AccountID == own.AccountID && r.RoleName == own.RoleName })
	if at < 0 {
		return t.Names(append([]profile.Role{own}, c.Among...), nil)[0], nil
	}
	return t.Names(c.Among, nil)[at], nil
}

// Write gives credentials in the format of an ID of [list]; an unknown one is the
// first's. Texts for shells end without a newline: pasted, the last command waits
// for Enter. The error is that of a template, o.Template's or o.Profile's, and is a
// [*placeholder.Error].
func Write(format string, c *Credentials, o Options) (Written, error) {
	w := &writer{}
	var err error
	switch format {
	case list.DotEnv:
		w.dotEnv(c, &o)
	case list.Docker:
		w.docker(c, &o)
	case list.Credentials:
		err = w.credentialsFile(c, &o)
	case list.Process, list.JSON:
		w.json(format, c, &o)
	case list.Template:
		err = w.template(c, &o)
	default:
		w.commands(shellOf(format), c, &o)
	}
	if err != nil {
		return Written{}, err
	}
	return Written{string(w.text), w.replaced}, nil
}

// Unset gives the commands that undo what [Write] has set in a shell, whatever its
// options were; for a template, those of its shell. It is empty for what sets
// nothing. AWS_PROFILE does not come back.
func Unset(format string, o Options) string {
	if format == list.Template {
		format = o.Shell
	}
	if !IsShell(format) {
		return ""
	}
	w := &writer{}
	w.join(shellOf(format), &o, shellOf(format).clear([]string{accessKeyID, secretAccessKey, sessionToken, expiration,
		region, defaultRegion, accountID, accountName, roleName}))
	return string(w.text)
}

// writer collects a text, and what was replaced in it.
type writer struct {
	text     []byte
	replaced []Replaced
}

// Inlined at each of its calls it would make the program of the worker larger.
//
//go:noinline
func (w *writer) add(texts ...string) {
	for _, t := range texts {
		w.text = append(w.text, t...)
	}
}

// value adds a value, character by character: escape gives what stands for one,
// and false if nothing can. Control characters are nobody's: a line editor takes
// some of them for keys, an environment can't hold NUL, and a newline would begin
// another command or entry; those from U+0080 on begin what a terminal acts on, to
// which bash and fish send what is pasted. Nor is what is no UTF-8, which a clipboard
// can't hold.
func (w *writer) value(f field, escape func(rune) (string, bool)) {
	chars := ""
	for i, r := range f.value {
		s, ok := "", false
		if r >= ' ' && (r < 0x7f || r > 0x9f) && (r != '\ufffd' || strings.HasPrefix(f.value[i:], "\ufffd")) {
			s, ok = escape(r)
		}
		if !ok {
			s = "_"
			if !strings.ContainsRune(chars, r) {
				chars += string(r)
			}
		}
		w.add(s)
	}
	if chars != "" {
		w.report(f, chars)
	}
}

// report says that characters of a value were replaced.
func (w *writer) report(f field, chars string) {
	if f.variable == secretAccessKey || f.variable == sessionToken {
		chars = ""
	}
	if r := (Replaced{f.variable, chars}); !slices.Contains(w.replaced, r) {
		w.replaced = append(w.replaced, r)
	}
}

// same lets every character stand for itself but those.
func same(but string) func(rune) (string, bool) {
	return func(r rune) (string, bool) { return string(r), !strings.ContainsRune(but, r) }
}
