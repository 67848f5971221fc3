package backend

import (
	"cmp"
	"context"
	"errors"
	"time"

	"portico/internal/console"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
	"portico/ssocore"
	"portico/ssocore/endpoints"
)

// credentialsPatience is how long somebody waits for credentials, all attempts
// together, before hearing that there is no answer.
const credentialsPatience = 20 * time.Second

// credentials fetches a role's short-term credentials, and tells how far the portal's
// clock is ahead of ours.
func (b *Backend) credentials(ctx context.Context, p portal.Portal, o message.Order) (c ssocore.RoleCredentials, ahead time.Duration, err error) {
	var client *ssocore.Client
	reached := meanwhile(func() (err error) { client, err = b.client(ctx, p); return err })
	token, err := b.token(ctx, p)
	if err := cmp.Or(err, reached()); err != nil {
		return c, 0, err
	}
	// Somebody waits for this: a listing under way lets it pass.
	urgent, cancel := context.WithTimeout(ssocore.Urgent(ctx), credentialsPatience)
	defer cancel()
	out, err := client.GetRoleCredentials(urgent,
		&ssocore.GetRoleCredentialsInput{AccessToken: token, AccountID: o.AccountID, RoleName: o.RoleName})
	over := errors.As(err, new(*ssocore.UnauthorizedException))
	if err != nil && !over {
		return c, 0, err
	}
	noted := meanwhile(func() error {
		if !over {
			b.noteSkew(ctx, p)
		}
		return nil
	})
	if late := cmp.Or(b.overtaken(ctx, p, token), noted()); late != nil {
		return c, 0, late
	}
	if over {
		return c, 0, errors.Join(err, b.refuse(ctx, p, token))
	}
	ahead, _ = client.Skew()
	return out.RoleCredentials, ahead, nil
}

// values fetches a role's short-term credentials to look at. They are kept nowhere.
func (b *Backend) values(ctx context.Context, p portal.Portal, r message.Role) (message.Values, error) {
	c, _, err := b.credentials(ctx, p, message.Order{AccountID: r.AccountID, RoleName: r.RoleName})
	if err != nil {
		return message.Values{}, err
	}
	return message.Values{AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey.Reveal(), SessionToken: c.SessionToken.Reveal()}, nil
}

// openConsole opens the console of a role by the portal's own link. It needs no
// session of ours: the browser's login at the portal does.
func (b *Backend) openConsole(ctx context.Context, p portal.Portal, r message.Opening) error {
	link, err := b.linkTo(ctx, p, r)
	if err != nil {
		return err
	}
	if _, err := b.Browser.OpenTab(ctx, link); err != nil {
		return err
	}
	b.use(ctx, p, r.AccountID, r.RoleName, r.Typed)
	return nil
}

// consoleLink gives the link that would be opened, to be handed on. Without a role who
// follows it chooses one.
func (b *Backend) consoleLink(ctx context.Context, p portal.Portal, r message.Opening) (string, error) {
	link, err := b.linkTo(ctx, p, r)
	if err == nil && r.RoleName != "" {
		b.use(ctx, p, r.AccountID, r.RoleName, r.Typed)
	}
	return link, err
}

func (b *Backend) linkTo(ctx context.Context, p portal.Portal, r message.Opening) (string, error) {
	to, err := b.landing(ctx, p, r)
	if err != nil {
		return "", err
	}
	link := console.Shortcut(p, r.AccountID, r.RoleName, to)
	if link == "" {
		return "", words.NoLink()
	}
	return link, nil
}

// arnOf gives the ARN of the IAM role that is behind a role of the portal, as policies
// have it (aws:PrincipalArn with ArnLike): with stars for the Region, which IAM leaves
// out for one of them, and for the end of the name, which IAM makes up.
func arnOf(p portal.Portal, r message.Role) string {
	return "arn:" + endpoints.PartitionOf(p.Region) + ":iam::" + r.AccountID + ":role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_" + r.RoleName + "_*"
}
