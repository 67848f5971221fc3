package main

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portico/internal/message"
	"portico/ssocore/endpoints"
)

// manifest makes the manifest of a flavour from the real one.
func manifest(t *testing.T, f flavour) map[string]any {
	t.Helper()
	source, err := os.ReadFile("../../extension/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	made, err := f.manifest(source)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(made, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func release(t *testing.T) map[string]any { return manifest(t, flavour{platform: "chromium"}) }
func development(t *testing.T) map[string]any {
	return manifest(t, flavour{platform: "chromium", loopback: true})
}

func firefox(t *testing.T) map[string]any { return manifest(t, flavour{platform: "firefox"}) }

// list reads a list of texts in a manifest.
func list(t *testing.T, m map[string]any, key string) []string {
	t.Helper()
	var texts []string
	values, ok := m[key].([]any)
	if !ok {
		t.Fatalf("the manifest has no list %s", key)
	}
	for _, v := range values {
		texts = append(texts, v.(string))
	}
	return texts
}

// directives takes a manifest's content security policy apart.
func directives(t *testing.T, m map[string]any) map[string]string {
	t.Helper()
	policies, ok := m["content_security_policy"].(map[string]any)
	if !ok || len(policies) != 1 {
		t.Fatalf("content_security_policy: %v", m["content_security_policy"])
	}
	parts := make(map[string]string)
	for part := range strings.SplitSeq(policies["extension_pages"].(string), "; ") {
		name, value, _ := strings.Cut(part, " ")
		if _, twice := parts[name]; twice {
			t.Errorf("the policy says %s twice", name)
		}
		parts[name] = value
	}
	return parts
}

// The hosts that may be asked for are the two of each region, in both families,
// and no other.
func TestHostsAreThoseOfTheRegions(t *testing.T) {
	got := portalHosts(t, release(t))
	if want := 4 * len(endpoints.Regions()); len(got) != want || want == 0 {
		t.Errorf("%d hosts for %d regions", len(got), len(endpoints.Regions()))
	}
	if slices.Sort(got); len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Error("a host is there twice")
	}
	var want []string
	for _, r := range endpoints.Regions() {
		want = append(want, endpoints.Portal(r.Name)+"/*", endpoints.OIDC(r.Name)+"/*",
			endpoints.Portal(r.Name, endpoints.DualStack)+"/*", endpoints.OIDC(r.Name, endpoints.DualStack)+"/*")
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("hosts %q, want %q", got, want)
	}
	host := regexp.MustCompile(`^https://(portal\.sso|oidc)\.[a-z]+(-[a-z]+)+-\d\.(amazonaws\.(com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.(com\.cn|eu))/\*$`)
	for _, pattern := range got {
		if !host.MatchString(pattern) {
			t.Errorf("%s is no host of a portal", pattern)
		}
	}
	for _, known := range []string{
		"https://portal.sso.us-east-1.amazonaws.com/*", "https://oidc.eu-central-1.amazonaws.com/*",
		"https://portal.sso.us-gov-west-1.amazonaws.com/*", "https://oidc.cn-north-1.amazonaws.com.cn/*",
		"https://portal.sso.eusc-de-east-1.amazonaws.eu/*",
		"https://portal.sso.us-east-1.api.aws/*", "https://oidc.us-gov-west-1.api.aws/*",
		"https://oidc.cn-north-1.api.amazonwebservices.com.cn/*", "https://portal.sso.eusc-de-east-1.api.amazonwebservices.eu/*",
	} {
		if !slices.Contains(got, known) {
			t.Errorf("%s is missing", known)
		}
	}
}

// portalHosts are the hosts that may be asked for, but where the page of a sign-in
// leads back to: nothing is fetched there.
func portalHosts(t *testing.T, m map[string]any) []string {
	t.Helper()
	hosts := list(t, m, "optional_host_permissions")
	i := slices.Index(hosts, "http://127.0.0.1/*")
	if i < 0 {
		t.Fatal("the page of a sign-in can't lead back")
	}
	return slices.Delete(hosts, i, i+1)
}

// What can be fetched is what may be asked for, and our own files.
func TestConnectionsAreToTheHostsAlone(t *testing.T) {
	m := release(t)
	want := []string{"'self'"}
	for _, pattern := range portalHosts(t, m) {
		want = append(want, strings.TrimSuffix(pattern, "/*"))
	}
	if got := strings.Fields(directives(t, m)["connect-src"]); !slices.Equal(got, want) {
		t.Errorf("connect-src %q, want %q", got, want)
	}
}

func TestPolicyAllowsNothingElse(t *testing.T) {
	for name, m := range map[string]map[string]any{"release": release(t), "development": development(t), "firefox": firefox(t)} {
		got := directives(t, m)
		delete(got, "connect-src")
		want := map[string]string{
			"default-src":     "'none'",
			"script-src":      "'self' 'wasm-unsafe-eval'",
			"style-src":       "'self'",
			"img-src":         "'self'",
			"worker-src":      "'none'",
			"base-uri":        "'none'",
			"form-action":     "'none'",
			"frame-ancestors": "'none'",

			"require-trusted-types-for": "'script'",
			"trusted-types":             "'none'",
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: policy %q, want %q", name, got, want)
		}
	}
}

func TestReleaseAsksForNothingAtInstall(t *testing.T) {
	m := release(t)
	for _, key := range []string{"host_permissions", "content_scripts", "key", "update_url"} {
		if v, ok := m[key]; ok {
			t.Errorf("the release has %s: %v", key, v)
		}
	}
	if got, want := list(t, m, "permissions"), []string{"storage", "alarms", "activeTab", "declarativeNetRequestWithHostAccess"}; !slices.Equal(got, want) {
		t.Errorf("permissions %q, want %q", got, want)
	}
	if got := m["externally_connectable"]; !reflect.DeepEqual(got, map[string]any{"ids": []any{}}) {
		t.Errorf("other extensions may connect: %v", got)
	}
}

// Firefox is told of a platform's own matters in its own keys, of all else what
// Chromium is told, and may be asked for nothing that Chromium may not.
func TestFirefoxMayDoNoMore(t *testing.T) {
	chromium, m := release(t), firefox(t)
	for _, p := range list(t, m, "optional_permissions") {
		if !slices.Contains(list(t, chromium, "optional_permissions"), p) {
			t.Errorf("Firefox alone may be asked for %s", p)
		}
	}
	if got, want := m["background"], map[string]any{"scripts": []any{"background.js"}, "type": "module"}; !reflect.DeepEqual(got, want) {
		t.Errorf("the worker is run as %v", got)
	}
	own := []string{"background", "optional_permissions", "minimum_chrome_version", "externally_connectable", "browser_specific_settings", "storage"}
	for _, key := range own {
		delete(chromium, key)
		delete(m, key)
	}
	if !reflect.DeepEqual(chromium, m) {
		t.Errorf("Firefox is told %v, Chromium %v", m, chromium)
	}
}

// What goes to the portal is declared as Firefox asks it of an extension: the session's token.
func TestFirefoxIsToldWhatLeavesTheBrowser(t *testing.T) {
	settings := firefox(t)["browser_specific_settings"].(map[string]any)["gecko"].(map[string]any)
	want := map[string]any{"required": []any{"authenticationInfo"}}
	if got := settings["data_collection_permissions"]; !reflect.DeepEqual(got, want) {
		t.Errorf("data_collection_permissions %v, want %v", got, want)
	}
}

// One page of ours can be led to, from AWS's pages alone.
func TestOnePageIsForThosePagesThatLeadBack(t *testing.T) {
	m := release(t)
	resources, _ := m["web_accessible_resources"].([]any)
	if len(resources) != 1 {
		t.Fatalf("web_accessible_resources %v", m["web_accessible_resources"])
	}
	one := resources[0].(map[string]any)
	if got := list(t, one, "resources"); !slices.Equal(got, []string{"callback/callback.html"}) || len(one) != 2 {
		t.Errorf("%v", one)
	}
	aws := regexp.MustCompile(`^https://\*\.([a-z-]+\.)*(amazonaws|amazonaws-us-gov|amazonaws-eusc|amazon|amazonwebservices|awsapps|app|api|signin)\.(com|com\.cn|cn|eu|aws)/\*$`)
	for _, pattern := range list(t, one, "matches") {
		if !aws.MatchString(pattern) || strings.Contains(pattern, "amazon.com/") && !strings.Contains(pattern, "aws.amazon.com/") {
			t.Errorf("pages of %s can lead to ours", pattern)
		}
	}
}

func TestReleaseKnowsNoLoopback(t *testing.T) {
	m := release(t)
	m["optional_host_permissions"] = portalHosts(t, m)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"127.", "localhost", "[::1]", "http:"} {
		if strings.Contains(string(text), name) {
			t.Errorf("the release's manifest has %s", name)
		}
	}
}

func TestDevelopmentDiffersInLoopbackAlone(t *testing.T) {
	m, dev := release(t), development(t)
	if got, want := list(t, dev, "host_permissions"), []string{"http://127.0.0.1/*", "http://*.localhost/*"}; !slices.Equal(got, want) {
		t.Errorf("hosts at install %q, want %q", got, want)
	}
	policy, devPolicy := directives(t, m), directives(t, dev)
	if got, want := devPolicy["connect-src"], policy["connect-src"]+" http://127.0.0.1:* http://*.localhost:*"; got != want {
		t.Errorf("connect-src %q, want %q", got, want)
	}
	delete(policy, "connect-src")
	delete(devPolicy, "connect-src")
	if !reflect.DeepEqual(policy, devPolicy) {
		t.Errorf("policy %q, the release has %q", devPolicy, policy)
	}
	delete(dev, "host_permissions")
	delete(dev, "content_security_policy")
	delete(m, "content_security_policy")
	delete(dev, "web_accessible_resources")
	delete(m, "web_accessible_resources")
	if !reflect.DeepEqual(m, dev) {
		t.Errorf("manifest %v, the release has %v", dev, m)
	}
}

// What is generated has one source, internal/portal, and so has what a platform says.
func TestManifestWithHostsOfItsOwnIsRefused(t *testing.T) {
	for _, source := range []string{
		`{"host_permissions": []}`, `{"optional_host_permissions": ["https://example.com/*"]}`,
		`{"content_security_policy": {}}`, `{"web_accessible_resources": []}`,
		`{"background": {}}`, `{"optional_permissions": []}`, `{`, `[]`, ``,
	} {
		if made, err := (flavour{platform: "chromium"}).manifest([]byte(source)); err == nil {
			t.Errorf("%s: no error, made %.80s", source, made)
		}
	}
}

// What an organisation may set has the names and kinds of our settings, but for what only
// a person can agree to or be told. A form that Chromium does not know would take all
// policies away.
func TestSchemaOfPoliciesHasTheSettings(t *testing.T) {
	m := release(t)
	if got := m["storage"]; !reflect.DeepEqual(got, map[string]any{"managed_schema": "managed.json"}) {
		t.Fatalf("storage: %v", got)
	}
	text, err := os.ReadFile("../../extension/managed.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties struct {
			Settings struct {
				Properties map[string]struct{ Type, Description string }
			}
		}
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	can := schema.Properties.Settings.Properties
	for name := range (message.Settings{}).Fields() {
		set := message.Settings{}.With(message.Fields{name: "true"})
		kind := "boolean"
		if set.With(message.Fields{name: "x"}).Fields()[name] == "x" {
			kind = "string"
		}
		switch {
		case slices.Contains([]string{"consent", "pinTold", "copyTold"}, name):
			if _, ok := can[name]; ok {
				t.Errorf("%s is a person's own, and policies may set it", name)
			}
		case can[name].Type != kind || can[name].Description == "":
			t.Errorf("%s is %+v, want a %s", name, can[name], kind)
		}
		delete(can, name)
	}
	if len(can) != 0 {
		t.Errorf("there are no such settings: %v", can)
	}
}
