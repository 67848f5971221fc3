package ssocore

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// The largest answers accepted, in bytes. A page of 100 accounts takes about
// 20 KB; the other answers take a few.
const (
	maxListBody = 2 << 20
	maxBody     = 64 << 10
)

// call is one operation ready to be sent.
type call struct {
	operation string
	service   service
	method    string
	path      string
	query     string
	header    Header
	body      []byte
	maxBody   int
	paced     bool     // by the Limiter
	secrets   []Secret // that no error may show
}

// send sends a call, again if that may help, and returns the answer of
// success.
func (c *Client) send(ctx context.Context, call *call) (*Response, error) {
	attempts := attempts{limited: call.paced && c.limiter != nil}
	for {
		if err := c.await(ctx, call, &attempts); err != nil {
			return nil, fmt.Errorf("sso %s: %w", call.operation, err)
		}
		resp, err := c.fetch(ctx, call)
		if attempts.limited {
			c.limiter.learn(err)
		}
		if err == nil || !attempts.again(err, c.random) {
			return resp, err
		}
	}
}

// await waits until the next attempt may start.
func (c *Client) await(ctx context.Context, call *call, a *attempts) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !a.limited {
		return c.clock.Sleep(ctx, a.delay)
	}
	if a.throttled && a.refused <= patience && !isUrgent(ctx) {
		return c.limiter.Wait(ctx) // which holds everybody back already
	}
	if err := c.clock.Sleep(ctx, a.delay); err != nil {
		return err
	}
	return c.limiter.Wait(ctx)
}

// fetch makes one attempt.
func (c *Client) fetch(ctx context.Context, call *call) (*Response, error) {
	resp, err := c.fetcher.Fetch(ctx, &Request{
		Method:  call.method,
		URL:     call.service.endpoint.url(call.path, call.query),
		Header:  call.header,
		Body:    call.body,
		MaxBody: call.maxBody,
	})
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, fmt.Errorf("sso %s: %w", call.operation, ctx.Err())
	case errors.Is(err, ErrBodyTooLarge):
		return nil, call.unreadable(&Response{}, ErrBodyTooLarge)
	case err != nil:
		return nil, call.unanswered(err)
	case resp.Status < 200 || resp.Status > 299:
		return nil, call.refused(resp)
	case len(resp.Body) > call.maxBody:
		return nil, call.unreadable(resp, ErrBodyTooLarge)
	}
	return resp, nil
}

func (call *call) unanswered(err error) error {
	return &TransportError{
		Operation: call.operation,
		Host:      call.service.endpoint.host,
		Err:       err,
		text:      call.redact(err.Error()),
	}
}

func (call *call) unreadable(resp *Response, err error) error {
	return &DecodeError{
		Operation:   call.operation,
		Host:        call.service.endpoint.host,
		Status:      resp.Status,
		ContentType: resp.Header["content-type"],
		Err:         err,
	}
}

func (call *call) refused(resp *Response) error {
	e := call.service.identify(resp)
	e.Operation = call.operation
	for _, s := range []*string{&e.Code, &e.Message, &e.RequestID, &e.OAuthError, &e.OAuthDescription, &e.Reason} {
		*s = call.redact(*s)
	}
	if typed, ok := call.service.exceptions[e.Code]; ok {
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
		s = strings.ReplaceAll(s, string(appendEscaped(nil, plain)), redacted)
	}
	return s
}

// decode reads the members of an answer of success.
func (call *call) decode(resp *Response, visit func(name, value []byte) error) error {
	object, err := parseObject(resp.Body)
	if err == nil {
		err = eachMember(object, visit)
	}
	if err != nil {
		return call.unreadable(resp, err)
	}
	return nil
}
