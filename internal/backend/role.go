package backend

import (
	"cmp"
	"context"
	"errors"
	"time"

	"portico/internal/console"
	"portico/internal/message"
	"portico/ssocore"
)

// credentialsPatience is how long somebody waits for credentials, all attempts
// together, before hearing that there is no answer.
const credentialsPatience = 20 * time.Second

// credentials fetches a role's short-term credentials. They pass through and
// are kept nowhere.
func (b *Backend) credentials(ctx context.Context, p message.Portal, r message.Role) (message.Credentials, error) {
	token, err := b.token(ctx, p)
	if err != nil {
		return message.Credentials{}, err
	}
	client, err := b.client(ctx, p)
	if err != nil {
		return message.Credentials{}, err
	}
	// Somebody waits for this: a listing under way lets it pass.
	urgent, cancel := context.WithTimeout(ssocore.Urgent(ctx), credentialsPatience)
	defer cancel()
	out, err := client.GetRoleCredentials(urgent,
		&ssocore.GetRoleCredentialsInput{AccessToken: token, AccountID: r.AccountID, RoleName: r.RoleName})
	if over := (*ssocore.UnauthorizedException)(nil); errors.As(err, &over) {
		return message.Credentials{}, errors.Join(err, b.refuse(ctx, p, token))
	}
	if err != nil {
		return message.Credentials{}, err
	}
	c := out.RoleCredentials
	s, err := b.load(ctx, p)
	if err != nil || s.token != token {
		return message.Credentials{}, cmp.Or(err, errStale) // signed out while we asked
	}
	b.noteSkew(ctx, s)
	ahead, _ := client.Skew()
	done := message.Credentials{AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey.Reveal(),
		SessionToken: c.SessionToken.Reveal(), Ahead: shift(ahead).Milliseconds()}
	if expires := believable(c.Expiration, b.Clock.Now().Add(ahead)); !expires.IsZero() {
		done.Expiration = expires.UnixMilli()
	}
	return done, nil
}

// openConsole opens the console of a role by the portal's own link. It needs no
// session of ours: the browser's login at the portal does.
func (b *Backend) openConsole(ctx context.Context, p message.Portal, r message.Role) error {
	return b.Browser.OpenTab(ctx, console.Shortcut(p.StartURL, r.AccountID, r.RoleName, ""))
}
