package ssocore_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"

	"portico/ssocore"
)

const credentialsBody = `{"roleCredentials":{"accessKeyId":"ASIAIOSFODNN7EXAMPLE","secretAccessKey":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY","sessionToken":"IQoJb3JpZ2luX2VjE%s","expiration":1732300000000}}`

// memory answers both clients from memory: credentials, or a listing of 1,000
// accounts in pages of 100, of which the next token is the page's number.
type memory struct {
	credentials []byte
	pages       [10][]byte
}

func newMemory() *memory {
	m := &memory{credentials: fmt.Appendf(nil, credentialsBody, strings.Repeat("x", 700))}
	for page := range m.pages {
		b := []byte(`{"accountList":[`)
		for i := range 100 {
			if i > 0 {
				b = append(b, ',')
			}
			n := page*100 + i
			b = fmt.Appendf(b, `{"accountId":"%012d","accountName":"Account Nr. %d","emailAddress":"aws+%d@example.com"}`, n, n, n)
		}
		b = append(b, ']')
		if page < len(m.pages)-1 {
			b = fmt.Appendf(b, `,"nextToken":"%d"`, page+1)
		}
		m.pages[page] = append(b, '}')
	}
	return m
}

func (m *memory) body(url string) []byte {
	switch {
	case strings.Contains(url, "/federation/credentials"):
		return m.credentials
	case strings.Contains(url, "next_token="):
		return m.pages[url[strings.Index(url, "next_token=")+len("next_token=")]-'0']
	}
	return m.pages[0]
}

var plainHeader = ssocore.Header{"content-type": "application/json"}

func (m *memory) Fetch(_ context.Context, req *ssocore.Request) (*ssocore.Response, error) {
	return &ssocore.Response{Status: 200, Header: plainHeader, Body: m.body(req.URL)}, nil
}

var httpHeader = http.Header{"Content-Type": {"application/json"}}

// Do is the transport of aws-sdk-go-v2.
func (m *memory) Do(req *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: 200, Header: httpHeader, Request: req,
		Body: io.NopCloser(bytes.NewReader(m.body(req.URL.String()))),
	}, nil
}

// benchmarks are what is measured, for ssocore and for aws-sdk-go-v2.
var benchmarks = []struct {
	name      string
	ours, sdk func(testing.TB, *memory) func() error
}{
	{"GetRoleCredentials", ourCredentials, sdkCredentials},
	{"ListThousandAccounts", ourListing, sdkListing},
}

func BenchmarkClients(b *testing.B) {
	for _, bench := range benchmarks {
		b.Run(bench.name+"/client=ssocore", func(b *testing.B) { measure(b, bench.ours(b, newMemory())) })
		b.Run(bench.name+"/client=aws-sdk-go-v2", func(b *testing.B) { measure(b, bench.sdk(b, newMemory())) })
	}
}

func measure(b *testing.B, call func() error) {
	b.ReportAllocs()
	for b.Loop() {
		if err := call(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestCostBesideTheSDK holds the goal: a fifth of the allocations of
// aws-sdk-go-v2 at most, and with SSOCORE_BENCH set, when nothing else should
// run, a fifth of its time.
func TestCostBesideTheSDK(t *testing.T) {
	const goal = 1.0 / 5
	for _, bench := range benchmarks {
		ours := testing.AllocsPerRun(10, must(t, bench.ours(t, newMemory())))
		sdk := testing.AllocsPerRun(10, must(t, bench.sdk(t, newMemory())))
		t.Logf("%s: %.0f allocations, aws-sdk-go-v2 %.0f, ratio %.3f", bench.name, ours, sdk, ours/sdk)
		if ours/sdk > goal {
			t.Errorf("%s: ratio of allocations is %.3f, want at most %.2f", bench.name, ours/sdk, goal)
		}
		if os.Getenv("SSOCORE_BENCH") == "" {
			continue
		}
		a := testing.Benchmark(func(b *testing.B) { measure(b, bench.ours(b, newMemory())) })
		b := testing.Benchmark(func(b *testing.B) { measure(b, bench.sdk(b, newMemory())) })
		ratio := float64(a.NsPerOp()) / float64(b.NsPerOp())
		t.Logf("%s: %d ns, aws-sdk-go-v2 %d ns, ratio %.3f", bench.name, a.NsPerOp(), b.NsPerOp(), ratio)
		if ratio > goal {
			t.Errorf("%s: ratio of time is %.3f, want at most %.2f", bench.name, ratio, goal)
		}
	}
}

func must(t *testing.T, call func() error) func() {
	return func() {
		if err := call(); err != nil {
			t.Error(err)
		}
	}
}

func ourClient(t testing.TB, m *memory) *ssocore.Client {
	c, err := ssocore.New(ssocore.Options{Region: "us-east-1", Fetcher: m})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func ourCredentials(t testing.TB, m *memory) func() error {
	c := ourClient(t, m)
	return func() error {
		out, err := c.GetRoleCredentials(context.Background(), &ssocore.GetRoleCredentialsInput{
			AccessToken: "token", AccountID: "123456789012", RoleName: "Admin"})
		if err == nil && !out.RoleCredentials.Complete() {
			return fmt.Errorf("read %+v", out)
		}
		return err
	}
}

func ourListing(t testing.TB, m *memory) func() error {
	c := ourClient(t, m)
	return func() error {
		n := 0
		for _, err := range ssocore.NewListAccountsPaginator(c, &ssocore.ListAccountsInput{AccessToken: "token"}).All(context.Background()) {
			if err != nil {
				return err
			}
			n++
		}
		return thousand(n)
	}
}

func thousand(n int) error {
	if n != 1000 {
		return fmt.Errorf("%d accounts", n)
	}
	return nil
}

func sdkClient(m *memory) *sso.Client {
	return sso.New(sso.Options{Region: "us-east-1", HTTPClient: m, Credentials: aws.AnonymousCredentials{}})
}

func sdkCredentials(_ testing.TB, m *memory) func() error {
	c := sdkClient(m)
	return func() error {
		out, err := c.GetRoleCredentials(context.Background(), &sso.GetRoleCredentialsInput{
			AccessToken: aws.String("token"), AccountId: aws.String("123456789012"), RoleName: aws.String("Admin")})
		if err == nil && (out.RoleCredentials == nil || out.RoleCredentials.SessionToken == nil) {
			return fmt.Errorf("read %+v", out)
		}
		return err
	}
}

func sdkListing(_ testing.TB, m *memory) func() error {
	c := sdkClient(m)
	return func() error {
		n := 0
		for p := sso.NewListAccountsPaginator(c, &sso.ListAccountsInput{AccessToken: aws.String("token")}); p.HasMorePages(); {
			page, err := p.NextPage(context.Background())
			if err != nil {
				return err
			}
			n += len(page.AccountList)
		}
		return thousand(n)
	}
}
