package ssocore

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

type retryCase struct {
	ID        string
	Operation string
	Input     caseInput
	Script    []recordedResponse
	Calls     int `json:"calls_on_one_client"`
	Note      string
	Observed  map[string]json.RawMessage
}

// recordedRetries is what one of botocore's retry modes did.
type recordedRetries struct {
	OK           bool
	Sent         int             `json:"requests_sent"`
	Headers      json.RawMessage `json:"amz-sdk-request"`
	SameID       bool            `json:"same_invocation_id"`
	SameTarget   bool            `json:"same_target_and_token"`
	Delays       []float64       `json:"delays_with_random_1"`
	Meta         json.RawMessage
	Error        recordedError
	Runs         [][2]int `json:"requests_per_call_runs"`
	QuotaReached []int    `json:"first_call_with_RetryQuotaReached"`
}

// implementedMode matches the modes this package implements: the standard one,
// with its two ways to bound the attempts. The others are botocore's legacy
// mode and what AWS_NEW_RETRIES_2026 turns on.
var implementedMode = regexp.MustCompile(`^botocore:standard(?::(total_)?max_attempts=(\d+))?$`)

func runRetryCase(t *testing.T, _ *vectorFile, raw json.RawMessage) outcome {
	var c retryCase
	if err := strict(raw, &c); err != nil {
		return failed("%v", err)
	}
	result, modes := held, 0
	for _, mode := range slices.Sorted(maps.Keys(c.Observed)) {
		m := implementedMode.FindStringSubmatch(mode)
		if m == nil {
			continue
		}
		modes++
		attempts := 0
		if m[2] != "" {
			attempts, _ = strconv.Atoi(m[2])
			if m[1] == "" {
				attempts++ // max_attempts counts retries
			}
		}
		o := c.runMode(t, attempts, c.Observed[mode])
		if o.failure != "" {
			return failed("%s: %s", mode, o.failure)
		}
		if o != held {
			result = o
		}
	}
	if modes == 0 {
		return failed("no observation of a mode that is implemented")
	}
	return result
}

// script answers the i-th request with the i-th response, the last again and
// again.
type script struct {
	t        *testing.T
	answers  []recordedResponse
	requests []*Request
}

func (s *script) fetch(_ context.Context, req *Request) (*Response, error) {
	answer := s.answers[min(len(s.requests), len(s.answers)-1)]
	s.requests = append(s.requests, req)
	if answer.Close || answer.Truncate > 0 {
		return nil, errors.New("connection closed")
	}
	return answer.response(s.t), nil
}

func (c *retryCase) runMode(t *testing.T, attempts int, raw json.RawMessage) outcome {
	var want recordedRetries
	if err := strict(raw, &want); err != nil {
		return failed("%v", err)
	}
	server, clock := &script{t: t, answers: c.Script}, &instantClock{}
	client := newClient(t, Options{Fetcher: fetchFunc(server.fetch), Clock: clock, MaxAttempts: attempts})
	if want.Runs != nil {
		return c.runQuota(t, client, server, want)
	}
	_, err := client.Call(t.Context(), methodOf(c.Operation), c.params())
	if o := c.compareAttempts(server, clock, want); o != held {
		return o
	}
	if (err == nil) != want.OK {
		return failed("error is %v, want %v", err, want.Error.Message)
	}
	var api *APIError
	if errors.As(err, &api) && (api.Code != asText(want.Error.Code) || api.Attempts != want.Sent) {
		return failed("error is %+v, want code %v after %d requests", api, want.Error.Code, want.Sent)
	}
	return held
}

// compareAttempts compares how often was sent, and after which delays.
func (c *retryCase) compareAttempts(server *script, clock *instantClock, want recordedRetries) outcome {
	for _, req := range server.requests {
		if !sameRequest(req, server.requests[0]) {
			return failed("sent %s, then %s", server.requests[0].URL, req.URL)
		}
	}
	delays := []time.Duration{}
	for _, d := range want.Delays {
		delays = append(delays, time.Duration(d*float64(time.Second)))
	}
	if len(server.requests) == want.Sent && slices.Equal(append([]time.Duration{}, clock.slept...), delays) {
		return held
	}
	for _, answer := range c.Script[:min(len(c.Script), len(server.requests))] {
		headers := answer.response(server.t).Header
		switch {
		case answer.Status == 429 && len(server.requests) > want.Sent:
			return deviates(ruleThrottled)
		case headers["retry-after"]+headers["x-amz-retry-after"] != "" && len(server.requests) == want.Sent:
			return deviates(ruleRetryAfter)
		}
	}
	return failed("sent %d, slept %v, want %d and %v", len(server.requests), clock.slept, want.Sent, want.Delays)
}

// runQuota makes many calls on one client and compares how many requests each
// made, in runs of equal numbers.
func (c *retryCase) runQuota(t *testing.T, client *Client, server *script, want recordedRetries) outcome {
	var runs [][2]int
	var reached []int
	for i := range c.Calls {
		before := len(server.requests)
		_, err := client.Call(t.Context(), methodOf(c.Operation), c.params())
		var api *APIError
		if errors.As(err, &api) && api.RetryQuotaReached && reached == nil {
			reached = []int{i + 1}
		}
		sent := len(server.requests) - before
		if n := len(runs); n > 0 && runs[n-1][0] == sent {
			runs[n-1][1]++
			continue
		}
		runs = append(runs, [2]int{sent, 1})
	}
	if !slices.Equal(runs, want.Runs) || !slices.Equal(reached, want.QuotaReached) {
		return failed("requests per call %v, quota reached at %v, want %v and %v", runs, reached, want.Runs, want.QuotaReached)
	}
	return held
}

// params are the case's parameters, or else a text for each that is required.
func (c *retryCase) params() Params {
	if c.Input != nil {
		return Params(c.Input)
	}
	var p Params
	for _, op := range operations {
		for _, m := range op.members {
			if op.name == c.Operation && m.required {
				p = append(p, Param{m.name, strings.Repeat("x", 3)})
			}
		}
	}
	return p
}
