package portaltest_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/sso/types"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"portico/internal/portaltest"
)

const deviceCodeGrant = "urn:ietf:params:oauth:grant-type:device_code"

// clock is a time that only the test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// bench is a portal on a loopback server with AWS's own clients, which do not
// retry, in front of it.
type bench struct {
	t      testing.TB
	portal *portaltest.Portal
	clock  *clock
	url    string
	sso    *sso.Client
	oidc   *ssooidc.Client
}

// newBench starts a portal without a request limit unless config sets one.
func newBench(t testing.TB, config portaltest.Config) *bench {
	t.Helper()
	return benchAt(t, config, &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)})
}

func benchAt(t testing.TB, config portaltest.Config, c *clock) *bench {
	t.Helper()
	config.Now = c.Now
	if config.TPS == 0 {
		config.TPS = -1
	}
	portal := portaltest.New(config)
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	return &bench{
		t: t, portal: portal, clock: c, url: server.URL,
		sso:  sso.New(sso.Options{Region: "us-east-1", BaseEndpoint: &server.URL, Retryer: aws.NopRetryer{}}),
		oidc: ssooidc.New(ssooidc.Options{Region: "us-east-1", BaseEndpoint: &server.URL, Retryer: aws.NopRetryer{}}),
	}
}

func (b *bench) register(grants ...string) *ssooidc.RegisterClientOutput {
	b.t.Helper()
	out, err := b.oidc.RegisterClient(b.t.Context(), &ssooidc.RegisterClientInput{
		ClientName: aws.String("portico"),
		ClientType: aws.String("public"),
		Scopes:     []string{"sso:account:access"},
		GrantTypes: grants,
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// deviceSignIn is a device authorization under way.
type deviceSignIn struct {
	*ssooidc.StartDeviceAuthorizationOutput
	b      *bench
	client *ssooidc.RegisterClientOutput
}

func (b *bench) startSignIn(grants ...string) *deviceSignIn {
	b.t.Helper()
	client := b.register(grants...)
	out, err := b.oidc.StartDeviceAuthorization(b.t.Context(), &ssooidc.StartDeviceAuthorizationInput{
		ClientId:     client.ClientId,
		ClientSecret: client.ClientSecret,
		StartUrl:     aws.String(b.url + "/start"),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return &deviceSignIn{out, b, client}
}

func (s *deviceSignIn) poll() (*ssooidc.CreateTokenOutput, error) {
	return s.b.oidc.CreateToken(s.b.t.Context(), &ssooidc.CreateTokenInput{
		ClientId:     s.client.ClientId,
		ClientSecret: s.client.ClientSecret,
		GrantType:    aws.String(deviceCodeGrant),
		DeviceCode:   s.DeviceCode,
	})
}

// signIn returns the access token of a new session.
func (b *bench) signIn() *string {
	b.t.Helper()
	s := b.startSignIn()
	b.portal.Approve(*s.UserCode)
	token, err := s.poll()
	if err != nil {
		b.t.Fatal(err)
	}
	return token.AccessToken
}

func (b *bench) credentials(token *string, a portaltest.Account, role string) (*types.RoleCredentials, error) {
	out, err := b.sso.GetRoleCredentials(b.t.Context(), &sso.GetRoleCredentialsInput{AccessToken: token, AccountId: &a.ID, RoleName: &role})
	if err != nil {
		return nil, err
	}
	return out.RoleCredentials, nil
}

func (b *bench) listRoles(token *string, a portaltest.Account) error {
	_, err := b.sso.ListAccountRoles(b.t.Context(), &sso.ListAccountRolesInput{AccessToken: token, AccountId: &a.ID})
	return err
}

func (b *bench) listAccounts(token *string) error {
	_, err := b.sso.ListAccounts(b.t.Context(), &sso.ListAccountsInput{AccessToken: token})
	return err
}

// wantError fails the test unless err is a T, as AWS's client types it.
func wantError[T error](t *testing.T, err error) T {
	t.Helper()
	var typed T
	if !errors.As(err, &typed) {
		t.Fatalf("got error %v, want %T", err, typed)
	}
	return typed
}

// wantCode fails the test unless err is an API error that AWS's model does not
// have, with this status, code and message.
func wantCode(t *testing.T, err error, status int, code, message string) {
	t.Helper()
	var reply *smithyhttp.ResponseError
	var api smithy.APIError
	if !errors.As(err, &reply) || !errors.As(err, &api) {
		t.Fatalf("got error %v, want %d %s", err, status, code)
	}
	if reply.HTTPStatusCode() != status || api.ErrorCode() != code || api.ErrorMessage() != message {
		t.Errorf("got %d %s: %s, want %d %s: %s", reply.HTTPStatusCode(), api.ErrorCode(), api.ErrorMessage(), status, code, message)
	}
}

// answer is what one plain HTTP request got.
type answer struct {
	status int
	header http.Header
	body   string
}

// send makes one plain request. header holds pairs of name and value.
// Redirects are not followed.
func (b *bench) send(method, path, body string, header ...string) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	reply, err := client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{reply.StatusCode, reply.Header, string(text)}
}
