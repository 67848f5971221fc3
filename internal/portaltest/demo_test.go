package portaltest_test

import (
	"strings"
	"testing"

	"portico/internal/portaltest"
)

func TestDemoCredentialsSayWhatTheyAre(t *testing.T) {
	b := newBench(t, portaltest.Config{Demo: true})
	token, account := b.signIn(), b.portal.Directory()[0]
	got, err := b.credentials(token, account, account.Roles[0])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(*got.AccessKeyId, "ASIADEMO") || len(*got.AccessKeyId) != 20 {
		t.Errorf("access key ID %s", *got.AccessKeyId)
	}
	if !strings.HasPrefix(*got.SecretAccessKey, "DEMO") || len(*got.SecretAccessKey) != 40 {
		t.Errorf("secret access key %s", *got.SecretAccessKey)
	}
	if !strings.HasPrefix(*got.SessionToken, "IQoJb3JpZ2luX2VjDEMO") || len(*got.SessionToken) != 668 {
		t.Errorf("session token of %d: %.30s", len(*got.SessionToken), *got.SessionToken)
	}
	issued := b.portal.Credentials()[0]
	if issued.SecretAccessKey != *got.SecretAccessKey || !strings.Contains(strings.Join(b.portal.Secrets(), " "), *got.SecretAccessKey) {
		t.Error("what was sent is not what is remembered")
	}
}

func TestPagesSayWhatKindOfPortalThisIs(t *testing.T) {
	for _, test := range []struct {
		demo      bool
		want, not string
	}{{true, "Demo organisation", "Test portal"}, {false, "Test portal", "Demo organisation"}} {
		b := newBench(t, portaltest.Config{Demo: test.demo})
		code := *b.startSignIn().UserCode
		for _, path := range []string{"/start", "/start/device", "/start/device?user_code=" + code, "/console/home"} {
			got := b.send("GET", path, "").body
			_, title, _ := strings.Cut(got, "<title>")
			title, _, _ = strings.Cut(title, "</title>")
			if !strings.Contains(title, test.want) || !strings.Contains(got, "<span>"+test.want+"</span>") || strings.Contains(got, test.not) {
				t.Errorf("demo %v, %s: title %q\n%s", test.demo, path, title, got)
			}
			if !strings.Contains(got, "It is not AWS") {
				t.Errorf("demo %v, %s does not say that it is not AWS", test.demo, path)
			}
		}
	}
}
