package portaltest_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"

	"portico/internal/portaltest"
)

var ipv4, dualStack = portaltest.IPv4Site("ssoins-1", "us-east-1", ""), portaltest.DualStackSite("ssoins-1", "us-east-1", "")

// A portal with sites answers each request at the one host that it belongs to.
func TestAPortalWithSitesAnswersAtItsHostsAlone(t *testing.T) {
	p := portaltest.New(portaltest.Config{TPS: -1, Sites: []portaltest.Site{ipv4, dualStack}})
	others := []string{"127.0.0.1:8080", "localhost", "portal.sso.eu-west-1.amazonaws.com", "oidc.us-east-1.api.aws.evil.example", "ssoins-2.portal.us-east-1.app.aws", ""}
	for _, request := range []struct {
		method, path string
		at           func(s portaltest.Site) string
	}{
		{"GET", "/assignment/accounts", func(s portaltest.Site) string { return s.Portal }},
		{"POST", "/logout", func(s portaltest.Site) string { return s.Portal }},
		{"POST", "/client/register", func(s portaltest.Site) string { return s.OIDC }},
		{"POST", "/token", func(s portaltest.Site) string { return s.OIDC }},
		{"GET", "/authorize", func(s portaltest.Site) string { return s.OIDC }},
		{"GET", "/start/device", func(s portaltest.Site) string { return s.Start }},
		{"GET", "/", func(s portaltest.Site) string { return s.Start }},
	} {
		hosts := others
		for _, s := range []portaltest.Site{ipv4, dualStack} {
			hosts = append(hosts, s.Start, s.Portal, s.OIDC)
		}
		for _, host := range hosts {
			want := host != "" && (host == request.at(ipv4) || host == request.at(dualStack))
			for _, host := range []string{host, host + ":8080"} {
				w := httptest.NewRecorder()
				r := httptest.NewRequest(request.method, "https://x"+request.path, strings.NewReader("{}"))
				r.Host = host
				p.ServeHTTP(w, r)
				if got := w.Code != http.StatusMisdirectedRequest; got != want {
					t.Errorf("%s %s at %q: %d", request.method, request.path, host, w.Code)
				}
				if !want && (w.Header().Get("x-amzn-RequestId") != "" || w.Header().Get("x-amzn-errortype") != "") {
					t.Errorf("%s %s at %q answers as AWS does", request.method, request.path, host)
				}
			}
		}
	}
	if n := len(p.Requests()); n == 0 {
		t.Error("no request arrived")
	}
}

// The authorization page is the sign-in service's, and what it looks like is there, too.
func TestTheAuthorizationPageFindsItsStyleAtItsHost(t *testing.T) {
	p := portaltest.New(portaltest.Config{Sites: []portaltest.Site{ipv4}})
	for host, want := range map[string]int{ipv4.Start: http.StatusOK, ipv4.OIDC: http.StatusOK, ipv4.Portal: http.StatusMisdirectedRequest, dualStack.OIDC: http.StatusMisdirectedRequest} {
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest("GET", "https://"+host+"/start/assets/portal.css", nil))
		if w.Code != want {
			t.Errorf("%s: %d", host, w.Code)
		}
	}
}

// The sign-in service picks the page, whatever family the start URL is of.
func TestTheSignInServiceNamesThePageOfItsOwnFamily(t *testing.T) {
	server := httptest.NewServer(portaltest.New(portaltest.Config{TPS: -1, Sites: []portaltest.Site{ipv4, dualStack}}))
	t.Cleanup(server.Close)
	authorize := func(host, startURL string) (*ssooidc.StartDeviceAuthorizationOutput, error) {
		oidc := ssooidc.New(ssooidc.Options{Region: "us-east-1", BaseEndpoint: &server.URL, Retryer: aws.NopRetryer{}, HTTPClient: named{host}})
		client, err := oidc.RegisterClient(t.Context(), &ssooidc.RegisterClientInput{ClientName: aws.String("portico"), ClientType: aws.String("public")})
		if err != nil {
			t.Fatal(err)
		}
		return oidc.StartDeviceAuthorization(t.Context(), &ssooidc.StartDeviceAuthorizationInput{
			ClientId: client.ClientId, ClientSecret: client.ClientSecret, StartUrl: &startURL})
	}
	for _, asked := range []portaltest.Site{ipv4, dualStack} {
		for _, startURL := range []string{"https://" + ipv4.Start, "https://" + dualStack.Start + "/"} {
			out, err := authorize(asked.OIDC, startURL)
			if err != nil {
				t.Fatal(err)
			}
			if want := "http://" + asked.Start + "/#/device?user_code=" + *out.UserCode; *out.VerificationUriComplete != want {
				t.Errorf("%s at %s: %s, want %s", startURL, asked.OIDC, *out.VerificationUriComplete, want)
			}
		}
	}
	for _, startURL := range []string{"https://ssoins-2.portal.us-east-1.app.aws", "https://" + ipv4.Start + "/start", "https://" + ipv4.OIDC} {
		if _, err := authorize(ipv4.OIDC, startURL); err == nil {
			t.Errorf("%s is taken for the portal's", startURL)
		}
	}
}

// named sends requests to where they are addressed, by the name of another host.
type named struct{ host string }

func (n named) Do(r *http.Request) (*http.Response, error) {
	r.Host = n.host
	return http.DefaultClient.Do(r)
}
