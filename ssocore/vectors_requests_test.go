package ssocore

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

type requestCase struct {
	ID             string
	Operation      string
	Input          caseInput
	EndpointSuffix string `json:"endpoint_suffix"`
	Note           string
	Observed       observations[struct {
		Sent    int
		Error   struct{ Type, Module, Message string }
		Request recordedRequest
	}]
	AgreeOnTarget bool `json:"clients_agree_on_target"`
	AgreeOnJSON   bool `json:"clients_agree_on_path_and_json"`
}

type recordedRequest struct {
	Method      string
	Path        string
	Query       string
	Headers     map[string]string
	HeaderNames []string `json:"header_names"`
	Body        string
	BodyJSON    any `json:"body_json"`
}

// notSent are headers botocore sends which belong to the Fetcher or which
// Portico does without.
var notSent = []string{"host", "accept-encoding", "content-length", "user-agent", "amz-sdk-invocation-id", "amz-sdk-request", "connection"}

func runRequestCase(t *testing.T, _ *vectorFile, raw json.RawMessage) outcome {
	var c requestCase
	if err := strict(raw, &c); err != nil {
		return failed("%v", err)
	}
	server := &scripted{resp: &Response{Status: 200, Body: []byte(fullAnswer)}}
	client := vectorClient(t, server, c.EndpointSuffix)
	_, err := client.Call(t.Context(), methodOf(c.Operation), Params(c.Input))
	want := c.Observed.Botocore
	switch sent := len(server.requests); {
	case sent != want.Sent:
		return explainSent(c, err, sent)
	case sent == 0 && want.Error.Type == "ParamValidationError":
		return compareProblems(err, c.Input, want.Error.Message)
	case sent == 0:
		if problem := new(ParamError); !errors.As(err, &problem) {
			return failed("error is %v, want a *ParamError", err)
		}
		return held
	}
	got := server.requests[0]
	if o := compareRequest(got, want.Request); o != held {
		return o
	}
	if fits, _, err := callTyped(client, c.Operation, c.Input); fits {
		if typed := server.requests[len(server.requests)-1]; err != nil || len(server.requests) != 2 || !sameRequest(typed, got) {
			return failed("the typed method sent %v %s, want %s (%v)", typed, typed.URL, got.URL, err)
		}
	}
	return held
}

func compareRequest(got *Request, want recordedRequest) outcome {
	path, query, _ := strings.Cut(strings.TrimPrefix(got.URL, vectorHost), "?")
	if got.Method != want.Method || path != want.Path || query != want.Query {
		return failed("sent %s %s?%s, want %s %s?%s", got.Method, path, query, want.Method, want.Path, want.Query)
	}
	headers := map[string]string{}
	for name, value := range want.Headers {
		if name = strings.ToLower(name); !slices.Contains(notSent, name) {
			headers[name] = value
		}
	}
	if !maps.Equal(headers, map[string]string(got.Header)) {
		return failed("headers are %q, want %q", map[string]string(got.Header), headers)
	}
	var body any
	if len(got.Body) > 0 {
		if err := json.Unmarshal(got.Body, &body); err != nil {
			return failed("body: %v", err)
		}
	}
	if !reflect.DeepEqual(body, want.BodyJSON) {
		return failed("body is %s, want %s", got.Body, want.Body)
	}
	return held
}

func sameRequest(a, b *Request) bool {
	pathA, queryA, _ := strings.Cut(a.URL, "?")
	pathB, queryB, _ := strings.Cut(b.URL, "?")
	var bodyA, bodyB any
	json.Unmarshal(a.Body, &bodyA)
	json.Unmarshal(b.Body, &bodyB)
	return a.Method == b.Method && pathA == pathB && sameQuery(queryA, queryB) &&
		maps.Equal(a.Header, b.Header) && reflect.DeepEqual(bodyA, bodyB)
}

func explainSent(c requestCase, err error, sent int) outcome {
	var p *ParamError
	switch {
	case !errors.As(err, &p):
	case c.Input.hasBool():
		return deviates(ruleTypes)
	case slices.ContainsFunc(c.Input, func(p Param) bool { _, is := p.Value.(json.Number); return is }):
		return deviates(ruleNumbers)
	case strings.Contains(p.Error(), "header field"):
		return deviates(ruleHeader)
	}
	return failed("sent %d requests, want %d (%v)", sent, c.Observed.Botocore.Sent, err)
}

// sameQuery compares queries still encoded, in any order.
func sameQuery(a, b string) bool {
	x, y := strings.Split(a, "&"), strings.Split(b, "&")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
