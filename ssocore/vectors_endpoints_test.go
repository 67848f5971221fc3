package ssocore

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

type endpointCase struct {
	ID        string
	Service   string
	Region    *string
	FIPS      bool
	DualStack bool
	Endpoint  string
	Note      string
	Model     json.RawMessage `json:"model_expectation"`
	Observed  json.RawMessage
	Expect    struct {
		URL       string
		Error     string
		ErrorType string `json:"error_type"`
	}
}

func runEndpointCase(t *testing.T, _ *vectorFile, raw json.RawMessage) outcome {
	var c endpointCase
	if err := strict(raw, &c); err != nil {
		return failed("%v", err)
	}
	server := answer(200, nil, fullAnswer)
	o := Options{FIPS: c.FIPS, DualStack: c.DualStack, Fetcher: server}
	if c.Region != nil {
		o.Region = *c.Region
	}
	method, path := opListAccounts.method, opListAccounts.path
	input := Params{{"accessToken", "tok-1234"}}
	o.Endpoint, o.OIDCEndpoint = c.Endpoint, c.Endpoint // so that only one of the two is looked at
	if c.Service == "oidc" {
		method, path = opRegisterClient.method, opRegisterClient.path
		input = Params{{"clientName", "n"}, {"clientType", "public"}}
	} else if c.Service != "sso" {
		return failed("unknown service %s", c.Service)
	}
	client, err := New(o)
	if c.Expect.Error != "" {
		if err == nil {
			return failed("accepted, want %s", c.Expect.Error)
		}
		return held
	}
	if err != nil {
		if errors.Is(err, errEndpoint) {
			return deviates(ruleEndpoint)
		}
		if c.Region != nil && checkRegion(*c.Region) != nil {
			return deviates(ruleRegion)
		}
		return failed("%v, want %s", err, c.Expect.URL)
	}
	if _, err := client.Call(t.Context(), method, input); err != nil {
		return failed("%v", err)
	}
	return compareURL(server.requests[0].URL, c.Expect.URL, path)
}

// compareURL compares a URL with a recorded one, which may lack the path.
func compareURL(got, recorded, path string) outcome {
	if got != recorded && strings.Replace(got, path, "", 1) != recorded {
		return failed("sent to %s, want %s", got, recorded)
	}
	return held
}
