package ssocore

import (
	"encoding/json"
	"errors"
	"net/url"
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

func runEndpointCase(t *testing.T, raw json.RawMessage) outcome {
	var c endpointCase
	if err := strict(raw, &c); err != nil {
		return failed("%v", err)
	}
	region := ""
	if c.Region != nil {
		region = *c.Region
	}
	if c.FIPS || c.DualStack || strings.HasPrefix(region, "fips-") || strings.HasSuffix(region, "-fips") {
		return outcome{outside: true}
	}
	server := &scripted{resp: &Response{Status: 200, Body: []byte("{}")}}
	o := Options{Region: region, Fetcher: server}
	operation, path, input := "ListAccounts", "/assignment/accounts", caseInput{"accessToken": []byte(`"tok-1234"`)}
	if c.Service == "oidc" {
		o.OIDCEndpoint = c.Endpoint
		operation, path = "RegisterClient", "/client/register"
		input = caseInput{"clientName": []byte(`"n"`), "clientType": []byte(`"public"`)}
	} else {
		o.Endpoint = c.Endpoint
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
			return deviates(ruleEndpointHTTP)
		}
		return failed("%v, want %s", err, c.Expect.URL)
	}
	if _, err, _ := invoke(client, operation, input); err != nil {
		return failed("%v", err)
	}
	sent, err := url.Parse(server.requests[0].URL)
	want, err2 := url.Parse(c.Expect.URL)
	if err != nil || err2 != nil {
		return failed("%v, %v", err, err2)
	}
	if !strings.HasSuffix(want.Path, path) {
		want = want.JoinPath(path)
	}
	if sent.String() != want.String() {
		return failed("sent to %s, want %s", sent, want)
	}
	return held
}
