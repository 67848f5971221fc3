package ssocore

import (
	"context"
	"errors"
	"strings"

	"portico/internal/wrap"
	"portico/ssocore/percent"
)

// send sends a call, again if that may help, and returns the answer of
// success.
func (c *Client) send(ctx context.Context, call *call) (*Response, error) {
	a := attempts{limited: call.op.api == PortalAPI && c.limiter != nil, urgent: isUrgent(ctx), allowed: c.maxAttempts}
	var last error
	for {
		if err := c.await(ctx, &a); err != nil {
			err = wrap.Doing("sso "+call.op.name, err)
			if last != nil { // it says why there was a wait at all
				err = wrap.Both(err, ", after ", a.annotate(last))
			}
			return nil, err
		}
		a.made++
		sent := c.clock.Now()
		resp, err := c.fetch(ctx, call)
		if a.limited {
			c.limiter.learn(sent, err)
		}
		if err == nil {
			c.quota.succeeded(&a)
			return resp, nil
		}
		if last = err; !a.again(err, c.random, &c.quota) {
			return nil, a.annotate(err)
		}
	}
}

// await waits until the next attempt may start.
func (c *Client) await(ctx context.Context, a *attempts) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !a.limited {
		return c.clock.Sleep(ctx, a.delay)
	}
	if a.throttled && a.refused <= patience && !a.urgent {
		return c.limiter.Wait(ctx) // which holds everybody back already
	}
	if err := c.clock.Sleep(ctx, a.delay); err != nil {
		return err
	}
	return c.limiter.Wait(ctx)
}

// fetch makes one attempt.
func (c *Client) fetch(ctx context.Context, call *call) (*Response, error) {
	sent := c.clock.Now()
	resp, err := c.fetcher.Fetch(ctx, &call.request)
	if err == nil {
		c.skew.learn(resp, sent, c.clock.Now())
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, wrap.Doing("sso "+call.op.name, ctx.Err())
	case errors.Is(err, ErrBodyTooLarge):
		return nil, call.unreadable(&Response{}, ErrBodyTooLarge)
	case err != nil:
		return nil, call.unanswered(err)
	case resp.Status < 200 || resp.Status > 299:
		return nil, call.refused(resp)
	case len(resp.Body) > call.op.maxBody:
		return nil, call.unreadable(resp, ErrBodyTooLarge)
	}
	return resp, nil
}

func (call *call) unanswered(err error) error {
	return &TransportError{
		Operation: call.op.name,
		Host:      call.service.endpoint.host,
		Err:       err,
		text:      call.redact(err.Error()),
	}
}

func (call *call) unreadable(resp *Response, err error) error {
	return &DecodeError{
		Operation:   call.op.name,
		Host:        call.service.endpoint.host,
		Status:      resp.Status,
		ContentType: call.redact(resp.Header["content-type"]),
		Err:         err,
		intercepted: isForeignAnswer(resp, err),
	}
}

func (call *call) refused(resp *Response) error {
	e := call.identify(resp)
	for _, s := range []*string{&e.Code, &e.Message, &e.RequestID, &e.OAuthError, &e.OAuthDescription, &e.Reason} {
		*s = call.redact(*s)
	}
	if typed, ok := call.op.api.exceptions()[e.Code]; ok {
		return typed(e)
	}
	return &e
}

// minRedacted is the length from which a secret is looked for in texts that
// come from outside. Real ones have dozens of characters; a shorter one would
// tear holes into ordinary words.
const minRedacted = 8

// redact removes the call's secrets, plain and percent-encoded, from a text.
func (call *call) redact(s string) string {
	for _, secret := range call.secrets {
		plain := secret.Reveal()
		if len(plain) < minRedacted {
			continue
		}
		s = strings.ReplaceAll(s, plain, redacted)
		s = strings.ReplaceAll(s, percent.Encode(plain), redacted)
	}
	return s
}
