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
		Error   json.RawMessage
		Request struct {
			Method      string
			Path        string
			Query       string
			Headers     map[string]string
			HeaderNames []string `json:"header_names"`
			Body        string
			BodyJSON    any `json:"body_json"`
		}
	}]
	AgreeOnTarget bool `json:"clients_agree_on_target"`
	AgreeOnJSON   bool `json:"clients_agree_on_path_and_json"`
}

// notSent are headers botocore sends which belong to the Fetcher or which
// Portico does without.
var notSent = []string{"host", "accept-encoding", "content-length", "user-agent", "amz-sdk-invocation-id", "amz-sdk-request"}

func runRequestCase(t *testing.T, raw json.RawMessage) outcome {
	var c requestCase
	if err := strict(raw, &c); err != nil {
		return failed("%v", err)
	}
	server := &scripted{resp: &Response{Status: 200, Body: []byte("{}")}}
	_, err, typed := invoke(vectorClient(t, server, c.EndpointSuffix), c.Operation, c.Input)
	want := c.Observed.Botocore
	if len(server.requests) != want.Sent {
		return explainSent(c, typed, err, len(server.requests))
	}
	if want.Sent == 0 {
		if paramError := new(ParamError); typed && !errors.As(err, &paramError) {
			return failed("error is %v, want a *ParamError", err)
		}
		return held
	}
	got := server.requests[0]
	path, query, _ := strings.Cut(strings.TrimPrefix(got.URL, vectorHost), "?")
	if got.Method != want.Request.Method || path != want.Request.Path || !sameQuery(query, want.Request.Query) {
		if c.Input.hasZero() {
			return deviates(ruleZero)
		}
		return failed("sent %s %s?%s, want %s %s?%s", got.Method, path, query, want.Request.Method, want.Request.Path, want.Request.Query)
	}
	headers := Header{}
	for name, value := range want.Request.Headers {
		if name = strings.ToLower(name); !slices.Contains(notSent, name) {
			headers[name] = value
		}
	}
	if !maps.Equal(headers, got.Header) {
		return failed("headers are %v, want %v", got.Header, headers)
	}
	var body any
	if len(got.Body) > 0 {
		if err := json.Unmarshal(got.Body, &body); err != nil {
			return failed("body: %v", err)
		}
	}
	if !reflect.DeepEqual(body, want.Request.BodyJSON) {
		return failed("body is %s, want %s", got.Body, want.Request.Body)
	}
	return held
}

func explainSent(c requestCase, typed bool, err error, sent int) outcome {
	var p *ParamError
	switch {
	case !typed:
		return deviates(ruleTypes)
	case c.Input.hasZero():
		return deviates(ruleZero)
	case errors.As(err, &p) && strings.Contains(p.Error(), "header field"):
		return deviates(ruleHeader)
	}
	return failed("sent %d requests, want %d (%v)", sent, c.Observed.Botocore.Sent, err)
}

// sameQuery compares queries still encoded, in any order: botocore's follows
// the order of the arguments.
func sameQuery(a, b string) bool {
	x, y := strings.Split(a, "&"), strings.Split(b, "&")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
