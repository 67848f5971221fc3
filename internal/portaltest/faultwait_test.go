package portaltest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"

	"portico/internal/portaltest"
)

// direct is an HTTP client that calls a handler without a socket, so that it
// can live in a bubble.
type direct struct{ handler http.Handler }

var errDropped = errors.New("connection dropped")

func (d direct) Do(r *http.Request) (*http.Response, error) {
	served := make(chan error, 1)
	w := httptest.NewRecorder()
	go func() {
		defer func() {
			if reason := recover(); reason != nil {
				served <- fmt.Errorf("%w: %v", errDropped, reason)
			}
		}()
		d.handler.ServeHTTP(w, r)
		served <- nil
	}()
	select {
	case err := <-served:
		return w.Result(), err
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

func directClient(config portaltest.Config) *sso.Client {
	config.TPS = -1
	return sso.New(sso.Options{
		Region: "us-east-1", BaseEndpoint: aws.String("https://portal.test"),
		Retryer: aws.NopRetryer{}, HTTPClient: direct{portaltest.New(config)},
	})
}

// A bubble ends only if every goroutine in it has: the waits leave none behind.
func TestTimeoutLastsAsLongAsTheClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := directClient(portaltest.Config{Faults: faults(t, "*=timeout")})
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Hour)
		defer cancel()
		start := time.Now()
		_, err := client.ListAccounts(ctx, &sso.ListAccountsInput{AccessToken: aws.String("x")})
		if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took != 3*time.Hour {
			t.Errorf("after %v: %v", took, err)
		}
	})
}

func TestSlowAnswerComesAfterItsTime(t *testing.T) {
	for _, test := range []struct {
		patience, want time.Duration
		answered       bool
	}{
		{time.Minute, 20 * time.Second, true},
		{time.Second, time.Second, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			client := directClient(portaltest.Config{Faults: faults(t, "ListAccounts:1=slow:20s,ListAccounts=503")})
			ctx, cancel := context.WithTimeout(t.Context(), test.patience)
			defer cancel()
			start := time.Now()
			_, err := client.ListAccounts(ctx, &sso.ListAccountsInput{AccessToken: aws.String("x")})
			if took := time.Since(start); took != test.want {
				t.Errorf("patience %v: took %v", test.patience, took)
			}
			if test.answered {
				wantCode(t, err, 503, "ServiceUnavailableException", "Service is unavailable")
			} else if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("patience %v: %v", test.patience, err)
			}
		})
	}
}

func TestSlowAnswerSaysWhenItWasGiven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		portal := portaltest.New(portaltest.Config{Faults: faults(t, "*=skew:2h,*=slow:20s")})
		want := time.Now().Add(2*time.Hour + 20*time.Second)
		w := httptest.NewRecorder()
		portal.ServeHTTP(w, httptest.NewRequest("GET", "/assignment/accounts", nil))
		if at, err := http.ParseTime(w.Header().Get("Date")); err != nil || !at.Equal(want) {
			t.Errorf("Date %s, want %s", w.Header().Get("Date"), want)
		}
	})
}

func TestResetWithoutASocketAborts(t *testing.T) {
	client := directClient(portaltest.Config{Faults: faults(t, "*=reset")})
	_, err := client.ListAccounts(t.Context(), &sso.ListAccountsInput{AccessToken: aws.String("x")})
	if !errors.Is(err, errDropped) {
		t.Errorf("got %v", err)
	}
}

// A worker's requests have a context that never ends. To wait for it would
// leave a goroutine behind.
func TestTimeoutThatNobodyCouldEndAborts(t *testing.T) {
	portal := portaltest.New(portaltest.Config{Faults: faults(t, "*=timeout")})
	defer func() {
		if reason := recover(); reason != http.ErrAbortHandler {
			t.Errorf("recovered %v", reason)
		}
	}()
	portal.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/assignment/accounts", nil).WithContext(context.Background()))
	t.Error("answered")
}

// Over a socket net/http notices that a client went only once the body is
// read, so this needs one request with a body and one without.
func TestWaitsEndWhenTheClientHangsUp(t *testing.T) {
	for _, fault := range []string{"timeout", "slow:100h"} {
		portal := portaltest.New(portaltest.Config{Faults: faults(t, "*="+fault)})
		arrived, left := make(chan struct{}), make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			arrived <- struct{}{}
			portal.ServeHTTP(w, r)
			left <- struct{}{}
		}))
		defer server.Close()
		for name, call := range map[string]func(context.Context) error{
			"ListAccounts": func(ctx context.Context) error {
				client := sso.New(sso.Options{Region: "us-east-1", BaseEndpoint: &server.URL, Retryer: aws.NopRetryer{}})
				_, err := client.ListAccounts(ctx, &sso.ListAccountsInput{AccessToken: aws.String("x")})
				return err
			},
			"RegisterClient": func(ctx context.Context) error {
				client := ssooidc.New(ssooidc.Options{Region: "us-east-1", BaseEndpoint: &server.URL, Retryer: aws.NopRetryer{}})
				_, err := client.RegisterClient(ctx, &ssooidc.RegisterClientInput{ClientName: aws.String("x"), ClientType: aws.String("public")})
				return err
			},
		} {
			ctx, hangUp := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- call(ctx) }()
			<-arrived
			hangUp()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("%s %s: %v", name, fault, err)
			}
			<-left
		}
	}
}

func TestSlowRequestKeepsItsBody(t *testing.T) {
	b := newBench(t, portaltest.Config{Faults: faults(t, "*=slow:1ns"), Latency: 1})
	b.signIn()
}
