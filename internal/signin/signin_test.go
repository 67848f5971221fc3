package signin_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"portico/internal/message"
	"portico/internal/signin"
	"portico/ssocore"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// drive is a sign-in moved by hand. After every step it is stored and read
// again, as if the worker had been killed there.
type drive struct {
	*testing.T
	state signin.State
	now   time.Time
}

func begin(t *testing.T, client signin.Registration) *drive {
	return &drive{t, signin.Begin(signin.ByCode, client), start}
}

// takes gives the sign-in its next state.
func (d *drive) takes(s signin.State) {
	d.Helper()
	if s.Token == "" { // a state that has one is not stored
		back := stored(s)
		if !same(back, s) {
			d.Fatalf("%+v comes back from storage as %+v", s, back)
		}
		s = back
	}
	d.state = s
}

func stored(s signin.State) signin.State {
	var back signin.State
	message.ParseText(message.FieldsOf(s.List).Text()).Read(back.List)
	return back
}

// same compares states; times by the instant.
func same(a, b signin.State) bool {
	times := func(s *signin.State) []*time.Time {
		return []*time.Time{&s.Client.Expires, &s.CodeExpires, &s.NextPoll, &s.TokenExpires}
	}
	for i, t := range times(&a) {
		if u := times(&b)[i]; t.Equal(*u) {
			*u = *t
		}
	}
	return a == b
}

func (d *drive) next(want signin.Call, wait time.Duration) {
	d.Helper()
	if call, got := d.state.Next(d.now); call != want || got != wait {
		d.Fatalf("at +%v: next is %q in %v, want %q in %v", d.now.Sub(start), call, got, want, wait)
	}
}

func (d *drive) pass(by time.Duration) { d.now = d.now.Add(by) }

func (d *drive) register(lives time.Duration) {
	d.Helper()
	d.next(signin.Register, 0)
	d.takes(d.state.Registered(&ssocore.RegisterClientOutput{ClientID: "client", ClientSecret: "s3cret\twith tab",
		ClientSecretExpiresAt: d.now.Add(lives)}))
}

func (d *drive) authorize(o ssocore.StartDeviceAuthorizationOutput) {
	d.Helper()
	d.next(signin.Authorize, 0)
	d.takes(d.state.Authorized(&o, d.now))
}

// poll gives the answer to a poll and wants the sign-in to go on.
func (d *drive) poll(err error) {
	d.Helper()
	d.next(signin.Poll, 0)
	s, end := d.state.Polled(nil, err, d.now)
	if end != nil {
		d.Fatalf("at +%v: %v ended the sign-in: %v", d.now.Sub(start), err, end)
	}
	d.takes(s)
}

func api(code string, status int) ssocore.APIError {
	return ssocore.APIError{Code: code, Status: status}
}

var (
	pending = &ssocore.AuthorizationPendingException{APIError: api("AuthorizationPendingException", 400)}
	slower  = &ssocore.SlowDownException{APIError: api("SlowDownException", 400)}
	expired = &ssocore.ExpiredTokenException{APIError: api("ExpiredTokenException", 400)}
	denied  = &ssocore.AccessDeniedException{APIError: api("AccessDeniedException", 400)}
	stale   = &ssocore.InvalidClientException{APIError: api("InvalidClientException", 401)}
	offline = &ssocore.TransportError{Operation: "CreateToken", Host: "oidc.eu-west-1.amazonaws.com", Err: errors.New("no route")}
)

func device() ssocore.StartDeviceAuthorizationOutput {
	return ssocore.StartDeviceAuthorizationOutput{
		DeviceCode: "device", UserCode: "ABCD-EFGH",
		VerificationURI:         "https://acme.awsapps.com/start/#/device",
		VerificationURIComplete: "https://acme.awsapps.com/start/#/device?user_code=ABCD-EFGH",
		ExpiresIn:               10 * time.Minute, Interval: time.Second,
	}
}

func TestASignInFromRegistrationToToken(t *testing.T) {
	d := begin(t, signin.Registration{})
	d.register(90 * 24 * time.Hour)
	d.pass(time.Second)
	d.authorize(device())
	if s := d.state; s.UserCode != "ABCD-EFGH" || s.Page != "https://acme.awsapps.com/start/#/device?user_code=ABCD-EFGH" ||
		!s.CodeExpires.Equal(d.now.Add(10*time.Minute)) {
		t.Errorf("authorized: %+v", s)
	}
	d.state.Opened = true
	d.next(signin.Poll, time.Second)
	d.pass(400 * time.Millisecond)
	d.next(signin.Poll, 600*time.Millisecond)
	d.pass(600 * time.Millisecond)
	d.poll(pending)
	d.next(signin.Poll, time.Second)
	d.pass(time.Second)
	d.poll(slower)
	d.next(signin.Poll, 6*time.Second)
	d.pass(6 * time.Second)
	d.poll(slower)
	d.next(signin.Poll, 11*time.Second)
	d.pass(11 * time.Second)
	d.poll(pending)
	d.next(signin.Poll, 11*time.Second)
	d.pass(time.Minute) // nobody was there to poll: at once, then
	d.next(signin.Poll, 0)
	if !d.state.Opened {
		t.Error("that the page was opened is forgotten")
	}
	s, err := d.state.Polled(&ssocore.CreateTokenOutput{AccessToken: "token", ExpiresIn: 8 * time.Hour}, nil, d.now)
	if err != nil || s.Token != "token" || !s.TokenExpires.Equal(d.now.Add(8*time.Hour)) {
		t.Fatalf("got %+v, %v", s, err)
	}
	d.takes(s)
	d.next(signin.None, 0)
	if s.Client.ClientID != "client" {
		t.Error("the registration is lost for the next sign-in")
	}
}

func TestARegistrationServesUntilAnHourBeforeItsEnd(t *testing.T) {
	for _, test := range []struct {
		name  string
		left  time.Duration
		again bool
	}{
		{"months left", 90 * 24 * time.Hour, false},
		{"just over an hour left", time.Hour + time.Second, false},
		{"an hour left", time.Hour, false},
		{"under an hour left", time.Hour - time.Second, true},
		{"over", -time.Second, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := signin.Registration{ClientID: "old", ClientSecret: "s", Expires: start.Add(test.left)}
			kept := message.FieldsOf(func(c message.Codec) { client.List("client", c) })
			client = signin.Registration{}
			kept.Read(func(c message.Codec) { client.List("client", c) })
			d := begin(t, client)
			if !test.again {
				d.next(signin.Authorize, 0)
				return
			}
			d.register(90 * 24 * time.Hour)
			if d.state.Client.ClientID != "client" {
				t.Errorf("registered, and still %q", d.state.Client.ClientID)
			}
			d.next(signin.Authorize, 0)
		})
	}
}

// Registering again would give another that ends as soon: it would never stop.
func TestANewRegistrationServesHoweverSoonItEnds(t *testing.T) {
	for _, lives := range []time.Duration{30 * time.Minute, time.Second, 0, -time.Hour} {
		d := begin(t, signin.Registration{})
		d.register(lives)
		d.next(signin.Authorize, 0)
		d = begin(t, d.state.Client)
		d.next(signin.Register, 0)
	}
}

func TestARegistrationThatEndsMeanwhileDoesNotCutOffTheCode(t *testing.T) {
	d := begin(t, signin.Registration{})
	d.takes(d.state.Registered(&ssocore.RegisterClientOutput{ClientID: "c", ClientSecret: "s", ClientSecretExpiresAt: start.Add(30 * time.Minute)}))
	o := device()
	o.ExpiresIn = time.Hour
	d.authorize(o)
	d.pass(45 * time.Minute)
	d.poll(pending)
}

func TestAnAnswerWithoutIntervalMeansFiveSeconds(t *testing.T) {
	for _, interval := range []time.Duration{0, -time.Second} {
		d := begin(t, signin.Registration{ClientID: "c", Expires: start.Add(24 * time.Hour)})
		o := device()
		o.Interval = interval
		d.authorize(o)
		d.next(signin.Poll, 5*time.Second)
	}
}

func TestAPageWithoutTheCodeInItIsOpenedIfThereIsNoOther(t *testing.T) {
	d := begin(t, signin.Registration{ClientID: "c", Expires: start.Add(24 * time.Hour)})
	o := device()
	o.VerificationURIComplete = ""
	d.authorize(o)
	if d.state.Page != o.VerificationURI {
		t.Errorf("page is %q", d.state.Page)
	}
}

// waiting is a sign-in whose code is shown; the code lives ten minutes more.
func waiting(t *testing.T) *drive {
	d := begin(t, signin.Registration{ClientID: "c", Expires: start.Add(24 * time.Hour)})
	d.authorize(device())
	return d
}

func TestWhatSaysNothingOfTheSignInIsToleratedUntilTheCodeExpires(t *testing.T) {
	throttledBody := api("TooManyRequestsException", 400)
	throttled, failing := api("Unknown", 429), api("ServiceUnavailable", 503)
	internal := &ssocore.InternalServerException{APIError: api("InternalServerException", 500)}
	for _, test := range []struct {
		name string
		err  error
	}{
		{"pending", pending},
		{"offline", offline},
		{"a network's log-in page", &ssocore.DecodeError{Operation: "CreateToken", Err: errors.New("no JSON")}},
		{"offline, wrapped", errors.Join(errors.New("poll"), offline)},
		{"429", &throttled},
		{"throttled by name", &throttledBody},
		{"500", internal},
		{"503", &failing},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := waiting(t)
			for d.now.Add(time.Second).Before(d.state.CodeExpires) {
				d.pass(time.Second)
				d.poll(test.err)
				d.next(signin.Poll, time.Second)
			}
			d.pass(time.Second)
			if _, err := d.state.Polled(nil, test.err, d.now); err != signin.ErrCodeExpired {
				t.Errorf("when the code expires: %v", err)
			}
		})
	}
}

func TestSlowDownPastTheCodesEndEndsTheSignIn(t *testing.T) {
	d := waiting(t)
	d.pass(10 * time.Minute)
	if _, err := d.state.Polled(nil, slower, d.now); err != signin.ErrCodeExpired {
		t.Errorf("got %v", err)
	}
}

func TestATokenThatComesLateIsTakenAllTheSame(t *testing.T) {
	d := waiting(t)
	d.pass(time.Hour)
	d.next(signin.Poll, 0)
	s, err := d.state.Polled(&ssocore.CreateTokenOutput{AccessToken: "token", ExpiresIn: time.Hour}, nil, d.now)
	if err != nil || s.Token != "token" {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestWhatThePortalSaysNoWithEndsTheSignIn(t *testing.T) {
	forbidden := api("ForbiddenException", 403)
	for _, test := range []struct {
		name      string
		err, want error
	}{
		{"code expired", expired, signin.ErrCodeExpired},
		{"denied", denied, denied},
		{"registration unknown", stale, stale},
		{"403", &forbidden, &forbidden},
		{"interrupted", context.Canceled, context.Canceled},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := waiting(t)
			d.pass(time.Second)
			want := test.want
			if want == nil {
				want = test.err
			}
			s, err := d.state.Polled(nil, test.err, d.now)
			if !errors.Is(err, want) || s.Token != "" {
				t.Errorf("got %+v, %v", s, err)
			}
			if s.Client.ClientID != "c" {
				t.Error("the registration is lost")
			}
		})
	}
}

func TestTheStoredFormOfNothingIsTheZeroState(t *testing.T) {
	if got := stored(signin.State{}); got != (signin.State{}) {
		t.Errorf("got %+v", got)
	}
}

func TestPollsAreNeitherTooCloseNorTooFarApart(t *testing.T) {
	for _, test := range []struct{ named, kept time.Duration }{
		{time.Nanosecond, time.Second},
		{999 * time.Millisecond, time.Second},
		{7 * time.Second, 7 * time.Second},
		{time.Hour, time.Minute},
		{1<<63 - 1, time.Minute},
	} {
		d := begin(t, signin.Registration{ClientID: "c", Expires: start.Add(24 * time.Hour)})
		o := device()
		o.Interval = test.named
		d.authorize(o)
		d.next(signin.Poll, test.kept)
		for range 30 {
			d.pass(d.state.Interval)
			s, err := d.state.Polled(nil, slower, d.now)
			if err != nil {
				break // its time is over
			}
			d.takes(s)
		}
		if d.state.Interval > time.Minute {
			t.Errorf("interval of %v after being told to slow down", d.state.Interval)
		}
	}
}

func TestCodesLiveForAnHourAtMost(t *testing.T) {
	for _, test := range []struct{ named, kept time.Duration }{
		{-time.Hour, 10 * time.Minute}, {-time.Second, 10 * time.Minute}, {0, 10 * time.Minute}, {time.Second, time.Second}, {10 * time.Minute, 10 * time.Minute}, {24 * time.Hour, time.Hour}, {1<<63 - 1, time.Hour},
	} {
		d := begin(t, signin.Registration{ClientID: "c", Expires: start.Add(24 * time.Hour)})
		o := device()
		o.ExpiresIn = test.named
		d.authorize(o)
		if life := d.state.CodeExpires.Sub(d.now); life != test.kept {
			t.Errorf("a code of %v lives %v, want %v", test.named, life, test.kept)
		}
	}
}

func TestAnAnswerWithoutATokenMovesTheNextPollOn(t *testing.T) {
	d := waiting(t)
	d.pass(d.state.Interval)
	s, err := d.state.Polled(&ssocore.CreateTokenOutput{}, nil, d.now)
	if err != nil {
		t.Fatal(err)
	}
	d.takes(s)
	d.next(signin.Poll, d.state.Interval)
}

// A token is a token, whatever is said of its life: the portal refuses it when it
// is over.
func TestATokenOfUnknownLifeIsTaken(t *testing.T) {
	for named, known := range map[time.Duration]bool{0: false, -time.Second: false, -1 << 63: false, time.Second: true, 8 * time.Hour: true, 1<<63 - 1: true} {
		d := waiting(t)
		s, err := d.state.Polled(&ssocore.CreateTokenOutput{AccessToken: "token", ExpiresIn: named}, nil, d.now)
		if err != nil || s.Token != "token" || s.TokenExpires.IsZero() == known {
			t.Errorf("%v: %+v, %v", named, s, err)
		}
		if life := s.TokenExpires.Sub(d.now); known && life > 366*24*time.Hour {
			t.Errorf("a token of %v lives %v", named, life)
		}
	}
}

// A registration is not thrown away for the time it is said to end at, nor used
// after this sign-in if that makes no sense.
func TestARegistrationOfNoBelievableLifeServesOnce(t *testing.T) {
	for _, seconds := range []int64{0, -1, 1 << 50, -1 << 50, 1<<63 - 1, -1 << 63} {
		d := begin(t, signin.Registration{})
		d.takes(d.state.Registered(&ssocore.RegisterClientOutput{ClientID: "c", ClientSecret: "s", ClientSecretExpiresAt: time.Unix(seconds, 0)}))
		d.next(signin.Authorize, 0)
		if call, _ := signin.Begin(signin.ByCode, d.state.Client).Next(d.now); call != signin.Register {
			t.Errorf("%d: the next sign-in begins with %s", seconds, call)
		}
	}
}
