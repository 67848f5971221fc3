package ssocore

import (
	"encoding/json"
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

func leaks(text string) bool {
	return strings.Contains(text, "hush") || strings.Contains(text, fmt.Sprintf("%x", "hush"))
}

func TestSecretComesBackByRevealAndFromJSON(t *testing.T) {
	var s Secret
	if err := json.Unmarshal([]byte(`"`+hidden+`"`), &s); err != nil || s.Reveal() != hidden {
		t.Errorf("decoded %q, %v", s.Reveal(), err)
	}
}
