package backend

import (
	"context"
	"errors"
	"time"

	"portico/internal/console"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
	"portico/ssocore"
)

// credentialsPatience is how long somebody waits for credentials, all attempts
// together, before hearing that there is no answer.
const credentialsPatience = 20 * time.Second

// credentials fetches a role's short-term credentials. They pass through and
// are kept nowhere.
func (b *Backend) credentials(ctx context.Context, p portal.Portal, r message.Role) (message.Credentials, error) {
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
	over := errors.As(err, new(*ssocore.UnauthorizedException))
	if err != nil && !over {
		return message.Credentials{}, err
	}
	if late := b.overtaken(ctx, p, token); late != nil {
		return message.Credentials{}, late
	}
	if over {
		return message.Credentials{}, errors.Join(err, b.refuse(ctx, p, token))
	}
	c := out.RoleCredentials
	b.noteSkew(ctx, p)
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
func (b *Backend) openConsole(ctx context.Context, p portal.Portal, r message.Role) error {
	link := console.Shortcut(p, r.AccountID, r.RoleName, "")
	if link == "" {
		return words.NoLink()
	}
	return b.Browser.OpenTab(ctx, link)
}
