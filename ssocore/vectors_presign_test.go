package ssocore

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

type presignCase struct {
	ID     string
	Args   []json.RawMessage
	Kwargs map[string]json.RawMessage
	Note   string
	Client struct {
		Region           *string
		Endpoint         string
		Credentials      *string
		FIPS             bool   `json:"use_fips_endpoint"`
		DualStack        bool   `json:"use_dualstack_endpoint"`
		SignatureVersion string `json:"signature_version"`
	}
	Observed observations[struct {
		OK               bool
		URL              string
		TokenInURL       bool `json:"access_token_in_url"`
		Parameters       [][2]string
		CanonicalRequest *string `json:"canonical_request"`
		Error            struct{ Type, Module, Message string }
	}]
}

func runPresignCase(t *testing.T, file *vectorFile, raw json.RawMessage) outcome {
	var c presignCase
	if err := strict(raw, &c); err != nil {
		return failed("%v", err)
	}
	call, compiles := c.call(t, file)
	want := c.Observed.Botocore
	if !compiles {
		return deviates(ruleTypes)
	}
	url, err := call()
	if errors.Is(err, errEndpoint) && !strings.Contains(want.Error.Type, "Region") {
		return deviates(ruleEndpoint)
	}
	switch {
	case want.OK && err != nil:
		var p *ParamError
		if errors.As(err, &p) && strings.Contains(p.Error(), "header field") {
			return deviates(ruleHeader)
		}
		if errors.As(err, &p) && c.params().hasBool() {
			return deviates(ruleTypes)
		}
		return failed("error is %v, want %s", err, want.URL)
	case want.OK && url != want.URL:
		return failed("url is\n%s, want\n%s", url, want.URL)
	case want.OK:
		return held
	case want.Error.Type == "ParamValidationError":
		return compareProblems(err, c.params(), want.Error.Message)
	}
	switch want.Error.Type {
	case "NoCredentialsError":
		if err == ErrNoCredentials {
			return held
		}
	case "UnknownClientMethodError":
		if unknown := new(UnknownMethodError); errors.As(err, &unknown) {
			return held
		}
	case "NoRegionError", "InvalidRegionError", "EndpointVariantError", "ValueError":
		if err != nil {
			return held
		}
	}
	return failed("error is %v, want %s", err, want.Error.Type)
}

// params are the parameters of a case, wherever they are given.
func (c *presignCase) params() (in caseInput) {
	raw := c.Kwargs["Params"]
	if len(c.Args) > 1 {
		raw = c.Args[1]
	}
	json.Unmarshal(raw, &in)
	return in
}

// call makes a case's arguments a call, and reports whether it would compile.
func (c *presignCase) call(t *testing.T, file *vectorFile) (call func() (string, error), compiles bool) {
	given := map[string]json.RawMessage{}
	for i, name := range []string{"ClientMethod", "Params", "ExpiresIn", "HttpMethod"} {
		if i < len(c.Args) {
			given[name] = c.Args[i]
		}
	}
	for name, value := range c.Kwargs {
		given[name] = value
	}
	var method string
	var params caseInput
	var options PresignOptions
	compiles = true
	read := func(name string, into any) bool {
		value, ok := given[name]
		delete(given, name)
		if ok && (string(value) == "null" && name != "Params" && name != "HttpMethod" || json.Unmarshal(value, into) != nil) {
			compiles = false
		}
		return ok && string(value) != "null"
	}
	var seconds float64
	read("ClientMethod", &method)
	read("Params", &params)
	hasExpiry := read("ExpiresIn", &seconds)
	hasMethod := read("HttpMethod", &options.HTTPMethod)
	if len(given) > 0 || !compiles {
		return nil, false
	}
	options.ExpiresIn = time.Duration(seconds * float64(time.Second))
	options.Unsigned = c.Client.SignatureVersion == "UNSIGNED"
	if v := c.Client.SignatureVersion; v != "" && v != "UNSIGNED" && v != "v4" && v != "v4-query" {
		t.Errorf("%s: unknown signature version %s", c.ID, v)
	}
	options.Credentials = c.credentials(t, file)
	return func() (string, error) {
		client, err := c.client(t, file)
		if err != nil {
			return "", err
		}
		return client.GeneratePresignedURL(method, Params(params), func(o *PresignOptions) {
			o.Credentials, o.Unsigned = options.Credentials, options.Unsigned
			if hasExpiry {
				o.ExpiresIn = options.ExpiresIn
			}
			if hasMethod {
				o.HTTPMethod = options.HTTPMethod
			}
		})
	}, true
}

func (c *presignCase) client(t *testing.T, file *vectorFile) (*Client, error) {
	now, err := time.Parse(time.RFC3339, file.Clock)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{
		Endpoint: c.Client.Endpoint, OIDCEndpoint: c.Client.Endpoint,
		FIPS: c.Client.FIPS, DualStack: c.Client.DualStack,
		Fetcher: answer(500, nil, ""), Clock: &instantClock{now: now},
	}
	if c.Client.Region != nil {
		o.Region = *c.Client.Region
	}
	return New(o)
}

func (c *presignCase) credentials(t *testing.T, file *vectorFile) (keys RoleCredentials) {
	if c.Client.Credentials == nil {
		return keys
	}
	table, ok := file.Credentials[*c.Client.Credentials]
	if !ok {
		t.Errorf("%s: no credentials %s", c.ID, *c.Client.Credentials)
	}
	for name, value := range table {
		switch name {
		case "aws_access_key_id":
			keys.AccessKeyID = value
		case "aws_secret_access_key":
			keys.SecretAccessKey = Secret(value)
		case "aws_session_token":
			keys.SessionToken = Secret(value)
		default:
			t.Errorf("%s: unknown credential %s", c.ID, name)
		}
	}
	return keys
}
