package signin_test

import (
	"errors"
	"testing"
	"time"

	"portico/internal/signin"
	"portico/ssocore"
)

// opened is a sign-in by the browser whose page is open.
func opened(t *testing.T) *drive {
	t.Helper()
	d := &drive{t, signin.Begin(signin.ByBrowser, signin.Registration{}), start}
	d.register(90 * 24 * time.Hour)
	d.next(signin.Prepare, 0)
	d.takes(d.state.Prepared("https://oidc.example/authorize", "verifier", "nonce", d.now))
	return d
}

func TestASignInByTheBrowser(t *testing.T) {
	d := opened(t)
	d.next(signin.Await, 30*time.Second)
	d.now = d.now.Add(time.Minute)
	d.next(signin.Await, 0)
	d.takes(d.state.Awaited())
	if !d.state.Late {
		t.Error("nobody knows that nothing came")
	}
	d.next(signin.Await, 9*time.Minute)
	d.takes(d.state.Returned("code"))
	d.next(signin.Redeem, 0)
	d.takes(d.state.Returned("another")) // a code that comes a second time
	if d.state.Code != "code" {
		t.Errorf("the code is %q", d.state.Code.Reveal())
	}
	s, err := d.state.Redeemed(&ssocore.CreateTokenOutput{AccessToken: "token", ExpiresIn: time.Hour, RefreshToken: "next"}, nil, d.now)
	if err != nil || s.Token != "token" || s.Refresh != "next" || !s.TokenExpires.Equal(d.now.Add(time.Hour)) {
		t.Errorf("%+v, %v", s, err)
	}
	if call, _ := s.Next(d.now); call != signin.None {
		t.Errorf("then %q", call)
	}
}

func TestWhatMayPassEndsNoSignInByTheBrowserInTime(t *testing.T) {
	d := opened(t)
	d.takes(d.state.Returned("code"))
	offline := &ssocore.TransportError{Err: errors.New("offline")}
	s, err := d.state.Redeemed(nil, offline, d.now)
	if err != nil {
		t.Fatal(err)
	}
	d.takes(s)
	d.next(signin.Redeem, 5*time.Second)
	if _, err := d.state.Redeemed(nil, offline, d.now.Add(signin.PageLife)); err == nil {
		t.Error("it goes on for ever")
	}
	refused := &ssocore.InvalidGrantException{}
	if _, err := d.state.Redeemed(nil, refused, d.now); !errors.Is(err, refused) {
		t.Errorf("refused, and %v", err)
	}
	if s, err := d.state.Redeemed(&ssocore.CreateTokenOutput{}, nil, d.now); err != nil || s.Token != "" {
		t.Errorf("an answer that lacks the token makes %+v, %v", s, err)
	}
}
