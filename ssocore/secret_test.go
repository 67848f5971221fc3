package ssocore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

const hidden = "hush-hush-0123456789"

func TestSecretIsRedactedByEveryVerb(t *testing.T) {
	for _, verb := range "vsqxXdobtcUeEfFgGT" {
		for _, flags := range []string{"", "+", "#", "-20", "020", " ", ".3"} {
			format := "%" + flags + string(verb)
			text := fmt.Sprintf(format, Secret(hidden))
			if verb != 'T' && text != redacted {
				t.Errorf("%s prints %q", format, text)
			}
			if strings.Contains(text, "hush") {
				t.Errorf("%s leaks: %q", format, text)
			}
		}
	}
	marshalled, _ := Secret(hidden).MarshalText()
	for _, text := range []string{string(marshalled), fmt.Sprint(Secret(hidden)), fmt.Sprintln(Secret(hidden)), Secret(hidden).String(), Secret(hidden).GoString()} {
		if strings.TrimSpace(text) != redacted {
			t.Errorf("printed as %q", text)
		}
	}
}

func TestTypesWithSecretsRedactThem(t *testing.T) {
	values := []any{
		ListAccountsInput{AccessToken: hidden},
		&ListAccountRolesInput{AccessToken: hidden},
		GetRoleCredentialsInput{AccessToken: hidden},
		LogoutInput{AccessToken: hidden},
		GetRoleCredentialsOutput{RoleCredentials{"ASIA", hidden, hidden, time.Now()}},
		RegisterClientOutput{ClientSecret: hidden},
		StartDeviceAuthorizationInput{ClientSecret: hidden},
		StartDeviceAuthorizationOutput{DeviceCode: hidden},
		&CreateTokenInput{ClientSecret: hidden, DeviceCode: hidden, RefreshToken: hidden, Code: hidden, CodeVerifier: hidden},
		CreateTokenOutput{AccessToken: hidden, RefreshToken: hidden, IDToken: hidden},
		AuthorizeInput{State: hidden, CodeVerifier: hidden},
		PresignOptions{Credentials: RoleCredentials{SecretAccessKey: hidden, SessionToken: hidden}},
		Param{"accessToken", Secret(hidden)},
		Params{{"accessToken", Secret(hidden)}},
		[]Secret{hidden},
		map[string]Secret{"token": hidden},
	}
	for _, v := range values {
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if text := fmt.Sprintf(format, v); leaks(text) || !strings.Contains(text, redacted) {
				t.Errorf("%s of %T prints %s", format, v, text)
			}
		}
		text, err := json.Marshal(v)
		if err != nil || leaks(string(text)) || !strings.Contains(string(text), redacted) {
			t.Errorf("json of %T is %s, %v", v, text, err)
		}
	}
}

// What holds secrets without being one shows other things, or nothing.
func TestTypesAroundSecretsDoNotShowThem(t *testing.T) {
	request := Request{Method: "POST", URL: vectorHost + "/x?y=" + hidden, Header: Header{tokenHeader: hidden}, Body: []byte(hidden)}
	response := Response{Status: 200, Header: Header{"x": hidden}, Body: []byte(hidden)}
	server := answer(200, nil, `{"nextToken":"`+hidden+`"}`)
	c := vectorClient(t, server, "")
	p, err := c.GetPaginator("list_accounts")
	if err != nil {
		t.Fatal(err)
	}
	values := []any{
		request, &request, response, &response, request.Header, struct{ R *Request }{&request},
		c, server.requests,
		NewListAccountsPaginator(c, &ListAccountsInput{AccessToken: hidden}),
		*NewListAccountRolesPaginator(c, &ListAccountRolesInput{AccessToken: hidden, AccountID: "1"}),
		p, p.Paginate(Params{{"accessToken", hidden}}),
	}
	for _, v := range values {
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if text := fmt.Sprintf(format, v); leaks(text) {
				t.Errorf("%s of %T prints %s", format, v, text)
			}
		}
		if text, err := json.Marshal(v); leaks(string(text)) {
			t.Errorf("json of %T is %s, %v", v, text, err)
		}
	}
	for v, want := range map[any]string{
		&request: "POST request to portal.example", &response: "answer 200 of 20 bytes", &Request{}: " request to nowhere",
	} {
		if text := fmt.Sprint(v); text != want {
			t.Errorf("prints %q, want %q", text, want)
		}
		if text, err := json.Marshal(v); string(text) != `"`+want+`"` {
			t.Errorf("json is %s, %v, want %q", text, err, want)
		}
	}
}

// No error tells a secret, whichever of an operation's texts the other side
// echoes, and wherever.
func TestErrorsOfEveryOperationHoldNoSecret(t *testing.T) {
	echo := fetchFunc(func(_ context.Context, req *Request) (*Response, error) {
		said := string(req.Body) + req.Header[tokenHeader] + req.URL
		body, _ := json.Marshal(map[string]string{"message": said, "__type": said, "error": said, "error_description": said, "reason": said})
		return &Response{Status: 400, Header: Header{"x-amzn-requestid": said}, Body: body}, nil
	})
	lost := fetchFunc(func(_ context.Context, req *Request) (*Response, error) {
		return nil, errors.New("lost " + string(req.Body) + req.Header[tokenHeader] + req.URL)
	})
	html := fetchFunc(func(_ context.Context, req *Request) (*Response, error) {
		said := string(req.Body) + req.Header[tokenHeader]
		return &Response{Status: 200, Header: Header{"content-type": said}, Body: []byte("<p>" + said)}, nil
	})
	for _, server := range []Fetcher{echo, lost, html} {
		c := vectorClient(t, server, "")
		for _, op := range operations {
			var p Params
			for _, m := range op.members {
				switch {
				case m.secret:
					p = append(p, Param{m.name, Secret(hidden)})
				case m.kind == kindText:
					p = append(p, Param{m.name, "text"})
				}
			}
			_, err := c.Call(t.Context(), op.method, p)
			text := fmt.Sprintf("%v %+v %#v", err, err, err)
			if err == nil && op.name != "Logout" || leaks(text) {
				t.Errorf("%s: %s", op.name, text)
			}
			var api *APIError
			if errors.As(err, &api) && leaks(fmt.Sprintf("%#v", *api)) {
				t.Errorf("%s holds %#v", op.name, *api)
			}
		}
	}
}

func leaks(text string) bool {
	return strings.Contains(text, "hush") || strings.Contains(text, fmt.Sprintf("%x", "hush"))
}

func TestSecretComesBackByRevealAndFromJSON(t *testing.T) {
	var s Secret
	if err := json.Unmarshal([]byte(`"`+hidden+`"`), &s); err != nil || s.Reveal() != hidden {
		t.Errorf("decoded %q, %v", s.Reveal(), err)
	}
}
