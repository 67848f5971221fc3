package ssocore

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

type clientAPICase struct {
	ID       string
	Call     string
	Argument any
	Note     string
	Observed observations[struct {
		OK     bool
		Result any
		Error  struct{ Type, Module, Message string }
	}]
}

var resultKeysCall = regexp.MustCompile(`^get_paginator\('(\w+)'\)\.result_keys$`)

func runClientAPICase(t *testing.T, _ *vectorFile, raw json.RawMessage) outcome {
	var c clientAPICase
	if err := strict(raw, &c); err != nil {
		return failed("%v", err)
	}
	api, call := PortalAPI, strings.TrimPrefix(c.Call, "sso-oidc ")
	if call != c.Call {
		api = OIDCAPI
	}
	got, err, known := askClient(t, api, call, c.Argument)
	want := c.Observed.Botocore
	switch {
	case !known:
		return failed("unknown call %s", c.Call)
	case err == errNotCompiled:
		if want.OK {
			return failed("does not compile, want %v", want.Result)
		}
		return deviates(ruleTypes)
	case want.OK && err != nil:
		return failed("error is %v, want %v", err, want.Result)
	case want.OK:
		if text, _ := json.Marshal(want.Result); !sameJSON(got, string(text)) {
			return failed("result is %v, want %s", got, text)
		}
		return held
	}
	if wanted := apiErrors[want.Error.Type]; wanted == "" || fmt.Sprintf("%T", err) != wanted {
		return failed("error is %T %v, want %s for botocore's %s", err, err, wanted, want.Error.Type)
	}
	return held
}

// apiErrors says what botocore's errors are here.
var apiErrors = map[string]string{
	"KeyError":                  "*ssocore.UnknownMethodError",
	"AttributeError":            "*ssocore.UnknownMethodError",
	"OperationNotPageableError": "*ssocore.OperationNotPageableError",
	"ValueError":                "*ssocore.WaiterError",
	"NoRegionError":             "*errors.errorString",
}

// errNotCompiled stands for a call whose argument Go would not take.
var errNotCompiled = errors.New("does not compile")

// askClient asks what a case asks of botocore's client.
func askClient(t *testing.T, api API, call string, argument any) (result any, err error, known bool) {
	name, isText := argument.(string)
	switch call {
	case "can_paginate", "get_paginator", "get_waiter":
		if !isText {
			return nil, errNotCompiled, true
		}
	}
	c := vectorClient(t, answer(200, nil, "{}"), "")
	switch {
	case call == "can_paginate":
		result, err = api.CanPaginate(name)
	case call == "get_paginator":
		result, err = paginatorName(c, api, name)
	case call == "get_waiter":
		err = api.GetWaiter(name)
	case call == "waiter_names":
		result = api.WaiterNames()
	case call == "exceptions":
		names := append(api.Exceptions(), "ClientError") // which is *APIError
		slices.Sort(names)
		result = names
	case strings.HasPrefix(call, "exceptions."):
		result, err = ancestors(api, strings.TrimPrefix(call, "exceptions."))
	case call == "meta.method_to_api_mapping":
		result = api.Methods()
	case resultKeysCall.MatchString(call):
		p, err := c.GetPaginator(resultKeysCall.FindStringSubmatch(call)[1])
		if err != nil {
			return nil, err, true
		}
		return []string{p.ResultKey()}, nil, true
	case strings.HasPrefix(call, "client."):
		_, err = c.Call(t.Context(), strings.TrimPrefix(call, "client."), nil)
	case strings.HasPrefix(call, "session.create_client("):
		_, err = New(Options{Fetcher: answer(200, nil, "{}")})
	case strings.HasSuffix(call, "with endpoint_url and no region"):
		_, err = New(Options{Fetcher: answer(200, nil, "{}"), Endpoint: vectorHost, OIDCEndpoint: vectorHost})
	default:
		return nil, nil, false
	}
	return result, err, true
}

// paginatorName returns what botocore calls a paginator's class.
func paginatorName(c *Client, api API, method string) (any, error) {
	if api == OIDCAPI {
		if _, err := api.CanPaginate(method); err != nil {
			return nil, err
		}
		return nil, &OperationNotPageableError{method} // the OIDC API lists nothing
	}
	p, err := c.GetPaginator(method)
	if err != nil {
		return nil, err
	}
	return "SSO.Paginator." + p.op.name, nil
}

// ancestors returns botocore's classes of an exception, after checking that it
// is found as its type and as an *APIError.
func ancestors(api API, name string) (any, error) {
	made, ok := api.exceptions()[name]
	if !ok {
		return nil, &UnknownMethodError{name}
	}
	err := made(APIError{Code: name})
	var base *APIError
	if fmt.Sprintf("%T", err) != "*ssocore."+name || !errors.As(err, &base) {
		return nil, err
	}
	return []string{name, "ClientError", "Exception", "BaseException", "object"}, nil
}

func sameJSON(v any, text string) bool {
	var want, got any
	ours, _ := json.Marshal(v)
	return json.Unmarshal(ours, &got) == nil && json.Unmarshal([]byte(text), &want) == nil && reflect.DeepEqual(got, want)
}
