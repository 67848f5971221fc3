package signin_test

import (
	"testing"

	"portico/internal/signin"
)

func TestFront(t *testing.T) {
	for text, want := range map[string]string{
		"sso.example.com":                                              "https://sso.example.com",
		"https://SSO.Example.com/":                                     "https://sso.example.com/",
		"http://sso.example.com/start":                                 "https://sso.example.com/start",
		"our portal: <https://sso.example.com>":                        "https://sso.example.com",
		"https://aws.example.co.uk/x?y#z":                              "https://aws.example.co.uk/x?y",
		"(https://apps.example.com/api/signin/aB?tenantId=4%2F2&x=Y).": "https://apps.example.com/api/signin/aB?tenantId=4%2F2&x=Y",

		"https://d-1234567890.awsapps.com/start": "",
		"https://awsapps.example.com":            "", // looks like AWS's
		"https://northwind.awsapp.com/start":     "",
		"https://sso.example.com/?a=\\b":         "",
		"https://user@sso.example.com":           "",
		"https://sso.example.com:8443":           "",
		"http://sso.example.localhost:80/x":      "",
		"https://10.0.0.1":                       "",
		"https://0x7f.1":                         "",
		"https://[::1]/":                         "",
		"javascript:alert(1)//sso.example.com":   "",
		"https://sso.exämple.com":                "",
		"https://sso.example.com/a%2fb":          "",
		"sso":                                    "",
		"":                                       "",
	} {
		if got, ok := signin.Front(text, false); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v", text, got, ok)
		}
	}
	if got, ok := signin.Front("http://sso.example.localhost:8080/go", true); !ok || got != "http://sso.example.localhost:8080/go" {
		t.Errorf("on this computer it is %q, %v", got, ok)
	}
}

// What is read as such stays one, and leads nowhere else.
func FuzzFront(f *testing.F) {
	f.Add("https://sso.example.com/x")
	f.Add("http://a.localhost:1/x:2")
	f.Fuzz(func(t *testing.T, text string) {
		for _, here := range []bool{false, true} {
			url, ok := signin.Front(text, here)
			if again, _ := signin.Front(url, here); ok && again != url {
				t.Errorf("%q is read as %q, and that as %q", text, url, again)
			}
		}
	})
}
