package portal_test

import (
	"net/url"
	"strings"
	"testing"

	"portico/internal/portal"
	"portico/ssocore/endpoints"
)

// proofpoint writes a link as the second version of that filter does.
func proofpoint(link string) string {
	written := strings.NewReplacer("%", "-", "/", "_").Replace(strings.NewReplacer(":", "%3A", "-", "%2D", "#", "%23", "?", "%3F", "=", "%3D").Replace(link))
	return "https://urldefense.proofpoint.com/v2/url?u=" + written + "&d=DwMFaQ&c=euGZstcaTDllvimEN8b7jXrwqOf-v5A_CdpgnVfiiMM&e="
}

// Mail filters have links lead through them: the portal is in there.
func TestAnAddressIsTakenOutOfAFiltersLink(t *testing.T) {
	const start = "https://d-1234567890.awsapps.com/start"
	const safe, second = "eur01.safelinks.protection.outlook.com", "urldefense.proofpoint.com"
	outlook := func(link string) string {
		return "https://" + safe + "/?url=" + url.QueryEscape(link) + "&data=05%7C02%7Cme%40example.com&reserved=0"
	}
	for in, through := range map[string]string{
		outlook(start):               safe,
		outlook(start + "/#/?tab=x"): safe,
		"https://urldefense.com/v3/__https:/d-1234567890.awsapps.com/start__;!!x": "urldefense.com",
		"<" + strings.ToLower(outlook(start)) + ">":                               safe,
		"Our portal: " + outlook(start) + ", please use it":                       safe,
		"[portal](" + outlook(start) + ")":                                        safe,
		outlook(proofpoint(start)):                                                safe,
		"https://" + safe + "/ap/t-59584e83/?url=" + url.QueryEscape(start):       safe,
		proofpoint(start):             second,
		proofpoint(start + "/#/?a=b"): second,
		"https://urldefense.com/v3/__" + start + "/*/__;Iw!!ABC-DEF$": "urldefense.com",
		"https://urldefense.com/v3/__" + start + "__;!!A":             "urldefense.com",
		"https://www.google.com/url?q=" + start + "&sa=D&source=docs": "www.google.com",
		"sso_start_url = " + outlook(start):                           safe,
	} {
		want := portal.Address{URL: start, Partition: endpoints.PartitionAWS, Through: through}
		if got, err := portal.ParseAddress(in); err != nil || got != want {
			t.Errorf("ParseAddress(%q) = %+v, %v", in, got, err)
		}
	}
}

// Nothing else is taken out of one, and of no other host's link.
func TestNothingButAPortalIsTakenOutOfALink(t *testing.T) {
	const safe = "https://eur01.safelinks.protection.outlook.com/?url="
	start := url.QueryEscape("https://d-1234567890.awsapps.com/start")
	for _, in := range []string{
		safe, safe + "x", safe + "%", safe + "%4", safe + "d-1234567890", safe + url.QueryEscape("d-1234567890.awsapps.com/start"),
		safe + url.QueryEscape("http://127.0.0.1:8080/start"), safe + url.QueryEscape("https://evil.example/start"), safe + url.QueryEscape("https://d-1.awsapps.com@evil.example"),
		safe + url.QueryEscape("https://d-1234567890.awsapps.com.evil.example/start"), safe + url.QueryEscape("javascript:https://d-1234567890.awsapps.com"), safe + url.QueryEscape(" https://d-1234567890.awsapps.com"),
		strings.Replace(safe, "https", "javascript:https", 1) + start, strings.Replace(safe, "eur01", "me@eur01", 1) + start, strings.Replace(safe, ".com/", ".com:8443/", 1) + start,
		strings.Replace(safe, ".com/", ".com.evil.example/", 1) + start, strings.Replace(safe, "eur01.safelinks", "evilsafelinks", 1) + start, "https://evil.example/?url=" + start,
		"https://google.com.evil.example/url?q=" + start, "https://urldefense.com/v3/" + start, "https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example",
	} {
		if got, err := portal.ParseAddress(in); err == nil {
			t.Errorf("ParseAddress(%q) = %+v", in, got)
		}
	}
}
