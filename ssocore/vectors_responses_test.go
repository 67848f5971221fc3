package ssocore

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

type recordedResponse struct {
	Status   int
	Headers  [][2]string
	Body     string
	BodyB64  string `json:"body_b64"`
	Truncate int
	Close    bool
}

func (r recordedResponse) response(t *testing.T) *Response {
	resp := &Response{Status: r.Status, Header: Header{}, Body: []byte(r.Body)}
	for _, h := range r.Headers {
		resp.Header[strings.ToLower(h[0])] = h[1]
	}
	if r.BodyB64 != "" {
		body, err := base64.StdEncoding.DecodeString(r.BodyB64)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body = body
	}
	return resp
}

type recordedError struct {
	Type         string
	Module       string
	Message      string
	IsClient     bool `json:"is_client_error"`
	Code         any
	ErrorMessage any    `json:"error_message"`
	Status       int    `json:"http_status"`
	RequestID    string `json:"request_id"`
	Retries      int    `json:"retry_attempts"`
	MaxReached   bool   `json:"max_attempts_reached"`
	Fields       map[string]any
}

type recordedResult struct {
	OK       bool
	Output   map[string]any
	Error    recordedError
	Meta     json.RawMessage
	Sent     struct{ Legacy, Standard int } `json:"requests_sent"`
	Standard *recordedResult                `json:"standard_mode_result"`
	Hops     json.RawMessage
}

type responseCase struct {
	ID        string
	Operation string
	Input     caseInput
	Response  recordedResponse
	Then      *recordedResponse
	Note      string
	Observed  observations[recordedResult]
}

func runResponseCase(t *testing.T, _ *vectorFile, raw json.RawMessage) outcome {
	var c responseCase
	if err := strict(raw, &c); err != nil {
		return failed("%v", err)
	}
	server := &scripted{resp: c.Response.response(t)}
	if c.Response.Truncate > 0 || c.Response.Close {
		server.resp, server.err = nil, errors.New("connection closed")
	}
	out, err := vectorClient(t, server, "").Call(t.Context(), methodOf(c.Operation), Params(c.Input))
	want := c.Observed.Botocore
	if want.Standard != nil {
		want = *want.Standard
	}
	if sent := len(server.requests); sent != want.Sent.Standard {
		if c.Response.Status == 429 && sent == defaultAttempts {
			return deviates(ruleThrottled)
		}
		if c.Response.Status == 300 {
			return deviates(ruleRedirect)
		}
		if want.Error.Module == "builtins" {
			return deviates(ruleUnreadable) // Python stumbled before it could retry
		}
		return failed("sent %d requests, want %d", sent, want.Sent.Standard)
	}
	switch {
	case want.OK && err == nil:
		return compareOutput(out, want.Output)
	case want.OK:
		return explainRefusal(c, err)
	case err == nil:
		return failed("succeeded with %+v, want %s", out, want.Error.Message)
	}
	return compareError(c, err, want.Error)
}

// explainRefusal names the rule by which an answer is an error here and a
// success there.
func explainRefusal(c responseCase, err error) outcome {
	var d *DecodeError
	if !errors.As(err, &d) {
		return failed("error is %v, want success", err)
	}
	switch {
	case errors.Is(d, errNotInteger):
		return deviates(ruleNumbers)
	case errors.Is(d, errNotText), errors.Is(d, errNotList), errors.Is(d, errNotMember):
		return deviates(ruleStructure)
	case errors.Is(d, errEmptyBody), errors.Is(d, errNotJSON):
		return deviates(ruleUnreadable)
	case errors.Is(d, errMissing):
		return deviates(ruleMissing)
	case errors.Is(d, errTooDeep) && depthOf([]byte(c.Response.Body)) > maxDepth:
		return deviates(ruleDepth)
	}
	return failed("error is %v, want success", err)
}

func compareError(c responseCase, err error, want recordedError) outcome {
	var lost *TransportError
	var unreadable *DecodeError
	switch {
	case errors.As(err, &lost):
		if strings.HasPrefix(want.Type, "Connection") {
			return held
		}
		return failed("error is %v, want %s", err, want.Type)
	case errors.As(err, &unreadable):
		if want.Module == "builtins" {
			return held // both can't make sense of the answer
		}
		return failed("error is %v, want %s", err, want.Type)
	}
	var api *APIError
	if !errors.As(err, &api) {
		return failed("error is %T, want *APIError", err)
	}
	if want.Module == "builtins" {
		return deviates(ruleUnreadable) // Python stumbled over the body
	}
	if c.Response.Status == 300 {
		return deviates(ruleRedirect) // which botocore reads as success, and then refuses
	}
	gotType := strings.TrimPrefix(fmt.Sprintf("%T", err), "*ssocore.")
	wantType := want.Type
	if wantType == "ClientError" {
		wantType = "APIError"
	}
	got := []any{gotType, api.Code, api.Message, api.Status, api.RequestID}
	expect := []any{wantType, asText(want.Code), asText(want.ErrorMessage), want.Status, want.RequestID}
	if isStructured(want.ErrorMessage) {
		return deviates(ruleStructure)
	}
	if want.RequestID == "" && api.RequestID != "" && c.Response.Status >= 500 && slices.Equal(got[:4], expect[:4]) {
		return deviates(ruleRequestID)
	}
	if !slices.Equal(got, expect) {
		return failed("error is %q, want %q", got, expect)
	}
	for name, value := range want.Fields {
		field := map[string]string{"message": api.Message, "error": api.OAuthError,
			"error_description": api.OAuthDescription, "reason": api.Reason}
		f, ok := field[name]
		if isStructured(value) && f == "" {
			return deviates(ruleStructure)
		}
		if !ok || f != asText(value) {
			return failed("field %s is %q, want %q", name, f, asText(value))
		}
	}
	return held
}

func isStructured(v any) bool {
	switch v.(type) {
	case []any, map[string]any:
		return true
	}
	return false
}

// asText is how a scalar of a recorded answer looks in ssocore, which holds
// texts as text.
func asText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			f, _ := v.Float64()
			return strconv.FormatFloat(f, 'f', -1, 64)
		}
		return v.String()
	}
	return fmt.Sprint(v)
}

// compareOutput compares what an output struct holds with the recorded
// members. Absent members are zero values in Go.
func compareOutput(out any, want map[string]any) outcome {
	got := map[string]any{}
	flatten("", reflect.ValueOf(out).Elem(), got)
	expect := map[string]any{}
	flattenJSON("", want, expect)
	for name, value := range expect {
		if asText(value) == got[name] || asText(value) == "0" && got[name] == nil {
			continue // a duration of 0 is the zero value
		}
		return failed("%s is %v, want %v", name, got[name], value)
	}
	for name, value := range got {
		if _, ok := expect[name]; !ok {
			return failed("%s is %v, want none", name, value)
		}
	}
	return held
}

// flatten collects the fields of an output that are not zero as texts, by
// lower-case path.
func flatten(name string, v reflect.Value, into map[string]any) {
	switch x := v.Interface().(type) {
	case time.Time:
		switch {
		case x.IsZero():
		case strings.HasSuffix(name, "expiration"):
			into[name] = strconv.FormatInt(x.UnixMilli(), 10)
		default:
			into[name] = strconv.FormatInt(x.Unix(), 10)
		}
		return
	case time.Duration:
		if x != 0 {
			into[name] = strconv.FormatInt(int64(x/time.Second), 10)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				flatten(name+"."+strings.ToLower(f.Name), v.Field(i), into)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			flatten(fmt.Sprintf("%s[%d]", name, i), v.Index(i), into)
		}
	case reflect.String:
		if v.Len() > 0 {
			into[name] = v.String()
		}
	}
}

// flattenJSON collects the scalars of recorded members in the same form.
func flattenJSON(name string, v any, into map[string]any) {
	switch v := v.(type) {
	case map[string]any:
		for member, value := range v {
			flattenJSON(name+"."+strings.ToLower(member), value, into)
		}
	case []any:
		for i, value := range v {
			flattenJSON(fmt.Sprintf("%s[%d]", name, i), value, into)
		}
	default:
		if asText(v) != "" {
			into[name] = v
		}
	}
}
