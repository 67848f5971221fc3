package backend_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/sso/types"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// sdkWay is how somebody lists all roles with aws-sdk-go-v2: in ten goroutines, which
// is what scripts do.
type sdkWay struct {
	name     string
	attempts int           // 0 for the SDK's own
	every    time.Duration // a request may begin; 0 for at once
}

var sdkWays = []sdkWay{
	{name: "aws-sdk-go-v2"},
	{name: "… 15 attempts", attempts: 15},
	{name: "… 20/s limiter", every: time.Second / 20},
}

// transport is a portal in the same process.
type transport struct{ handler http.Handler }

func (t transport) Do(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	answer := httptest.NewRecorder()
	t.handler.ServeHTTP(answer, r)
	return &http.Response{StatusCode: answer.Code, Header: answer.Header(), Request: r,
		Body: io.NopCloser(bytes.NewReader(answer.Body.Bytes())), ContentLength: int64(answer.Body.Len())}, nil
}

const sdkHost = "http://portal.test"

// sdkToken signs in.
func sdkToken(portal *portaltest.Portal) (*string, error) {
	ctx := context.Background()
	c := ssooidc.New(ssooidc.Options{Region: "us-east-1", BaseEndpoint: aws.String(sdkHost), HTTPClient: transport{portal}, Credentials: aws.AnonymousCredentials{}})
	client, err := c.RegisterClient(ctx, &ssooidc.RegisterClientInput{ClientName: aws.String("bench"), ClientType: aws.String("public")})
	if err != nil {
		return nil, err
	}
	code, err := c.StartDeviceAuthorization(ctx, &ssooidc.StartDeviceAuthorizationInput{ClientId: client.ClientId, ClientSecret: client.ClientSecret, StartUrl: aws.String(sdkHost + "/start")})
	if err != nil {
		return nil, err
	}
	portal.Approve(*code.UserCode)
	token, err := c.CreateToken(ctx, &ssooidc.CreateTokenInput{ClientId: client.ClientId, ClientSecret: client.ClientSecret,
		GrantType: aws.String("urn:ietf:params:oauth:grant-type:device_code"), DeviceCode: code.DeviceCode})
	if err != nil {
		return nil, err
	}
	return token.AccessToken, nil
}

// list lists everything, and gives for how many accounts that came to an end.
func (s sdkWay) list(handler http.Handler, token *string) (complete int) {
	ctx := context.Background()
	c := sso.New(sso.Options{Region: "us-east-1", BaseEndpoint: aws.String(sdkHost), HTTPClient: transport{handler}, Credentials: aws.AnonymousCredentials{}, RetryMaxAttempts: s.attempts})
	turn := func() {}
	if s.every > 0 {
		ticker := time.NewTicker(s.every)
		defer ticker.Stop()
		turn = func() { <-ticker.C }
	}
	accounts := make(chan types.AccountInfo, listedAccounts)
	for pages := sso.NewListAccountsPaginator(c, &sso.ListAccountsInput{AccessToken: token, MaxResults: aws.Int32(100)}); pages.HasMorePages(); {
		turn()
		page, err := pages.NextPage(ctx)
		if err != nil {
			break
		}
		for _, a := range page.AccountList {
			accounts <- a
		}
	}
	close(accounts)
	var mu sync.Mutex
	var running sync.WaitGroup
	for range 10 {
		running.Go(func() {
			for a := range accounts {
				var err error
				for pages := sso.NewListAccountRolesPaginator(c, &sso.ListAccountRolesInput{AccessToken: token, AccountId: a.AccountId, MaxResults: aws.Int32(100)}); err == nil && pages.HasMorePages(); {
					turn()
					_, err = pages.NextPage(ctx)
				}
				if err == nil {
					mu.Lock()
					complete++
					mu.Unlock()
				}
			}
		})
	}
	running.Wait()
	return complete
}

// waits are what somebody waits for while Portico lists.
type waits struct {
	names         time.Duration // until all accounts can be searched for
	during, alone time.Duration // a copy while it lists, and one when it doesn't
}

// portico lists a portal's accounts by the whole worker.
func (s portalSetting) portico(w *world) (o outcome, found waits) {
	copied := func() time.Duration {
		began := time.Now()
		w.ok(message.CredentialsCopy, w.order().Fields())
		return time.Since(began)
	}
	o = s.measure(w.portal, func(g *gauge) int {
		w.set(func() { w.net.handler = g })
		w.signIn()
		w.until("the names of all accounts", time.Minute, func() bool { return len(w.directory().Accounts) == listedAccounts })
		found.names = time.Since(g.first)
		time.Sleep(8 * time.Second)
		found.during = copied()
		w.listed()
		return len(w.directory().Accounts)
	})
	time.Sleep(10 * time.Second)
	found.alone = copied()
	return o, found
}

// short names in what a listing falls short of the goal.
func (s portalSetting) short(o outcome, w waits) (all []string) {
	say := func(falls bool, what string, figures ...any) {
		if falls {
			all = append(all, s.name+": "+fmt.Sprintf(what, figures...))
		}
	}
	const pages = listedAccounts / 100
	say(o.took > 1.05, "%.3f of the floor", o.took)
	say(o.late >= 0.01, "%.1f %% refused after the first 5 s", 100*o.late)
	say(o.complete != listedAccounts, "%d accounts lost", listedAccounts-o.complete)
	say(o.tab > 0.02, "%.1f %% of the tab's requests refused", 100*o.tab)
	say(w.names > time.Second+pages*s.latency, "names after %v", w.names)
	say(s.latency == 100*time.Millisecond && s.tab == 0 && w.during > w.alone*3/2, "a copy takes %v while it lists, else %v", w.during, w.alone)
	return all
}

// TestListingBesideTheSDK lists a thousand accounts as scripts do, and by the worker,
// in simulated time: in one setting, and with SYNC_BENCH set in all of them, of which it
// then writes a table to the file of that name. Nothing of ours may be lost, whatever
// else falls short; the last line of the table names that.
func TestListingBesideTheSDK(t *testing.T) {
	settings, file := portalSettings[:1], os.Getenv("SYNC_BENCH")
	if file != "" {
		settings = portalSettings
	}
	var table strings.Builder
	var short []string
	fmt.Fprintf(&table, "%-28s  %-16s  %10s %9s %6s %8s %9s %6s\n", "portal", "client", "time/floor", "requests", "429s", "late %", "complete", "lost")
	row := func(s portalSetting, client string, o outcome) {
		fmt.Fprintf(&table, "%-28s  %-16s  %10.3f %9d %6d %8.1f %9d %6d", s.name, client, o.took, o.asked, o.refused, 100*o.late, o.complete, listedAccounts-o.complete)
		if s.tab > 0 {
			fmt.Fprintf(&table, "  (%.1f %% of the tab's refused)", 100*o.tab)
		}
		table.WriteByte('\n')
	}
	for _, s := range settings {
		inWorld(t, s.config(), func(w *world) {
			o, found := s.portico(w)
			row(s, "Portico", o)
			fmt.Fprintf(&table, "%-28s  names of all after %v; a copy takes %v meanwhile, %v else\n", "", found.names, found.during, found.alone)
			short = append(short, s.short(o, found)...)
			if o.complete != listedAccounts {
				t.Errorf("%s: %v", s.name, o)
			}
		})
		for _, way := range sdkWays {
			synctest.Test(t, func(t *testing.T) {
				portal := portaltest.New(s.config())
				token, err := sdkToken(portal)
				if err != nil {
					t.Fatal(err)
				}
				row(s, way.name, s.measure(portal, func(g *gauge) int { return way.list(g, token) }))
			})
		}
	}
	table.WriteString(cmp.Or(strings.Join(short, "; "), "PASS") + "\n")
	t.Log("\n" + table.String())
	if file != "" {
		if err := os.WriteFile(file, []byte(table.String()), 0o600); err != nil {
			t.Error(err)
		}
	}
}
