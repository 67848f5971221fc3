package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"portico/internal/portal"
)

// flavour is one of the builds of the same extension.
type flavour struct {
	folder string
	// loopback adds portals at 127.0.0.1, for development and tests. It is the
	// only difference there is.
	loopback bool
}

var flavours = []flavour{
	{folder: "chrome"},
	{folder: "chrome-dev", loopback: true},
}

// generated are the manifest's keys that have one source alone: internal/portal.
var generated = []string{"host_permissions", "optional_host_permissions", "web_accessible_resources", "content_security_policy"}

// callbackPage is where the page of a sign-in leads back to: the one page of ours that
// others may lead to.
const callbackPage = "callback/callback.html"

// manifest completes the manifest as it stands in the source with what follows
// from internal/portal: the hosts that may be asked for, those whose pages may lead back
// to us, and the content security policy that lets no request of ours go anywhere else.
func (f flavour) manifest(source []byte) ([]byte, error) {
	var m map[string]any
	if err := json.Unmarshal(source, &m); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	for _, key := range generated {
		if _, ok := m[key]; ok {
			return nil, fmt.Errorf("read manifest: %s is made by the build and must not be in it", key)
		}
	}
	origins := portal.Origins()
	m["optional_host_permissions"] = append(patterns(origins), portal.RedirectPattern)
	leading := portal.PagePatterns()
	if f.loopback {
		here := portal.LoopbackOrigins()
		m["host_permissions"] = patterns(here)
		leading = append(leading, patterns(here)...)
		for _, origin := range here {
			origins = append(origins, origin+":*")
		}
	}
	m["web_accessible_resources"] = []map[string]any{{"resources": []string{callbackPage}, "matches": leading}}
	m["content_security_policy"] = map[string]string{"extension_pages": policy(origins)}

	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return nil, fmt.Errorf("write manifest: %w", err)
	}
	return out.Bytes(), nil
}

func patterns(origins []string) (all []string) {
	for _, origin := range origins {
		all = append(all, portal.Pattern(origin))
	}
	return all
}

// policy is the content security policy of our pages and worker. 'self' in
// connect-src is what they load their own programs from.
func policy(origins []string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' 'wasm-unsafe-eval'",
		"style-src 'self'",
		"img-src 'self'",
		"connect-src 'self' " + strings.Join(origins, " "),
		"worker-src 'none'", // the extension's own is none of a page's
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		// No text becomes markup or a script's address: innerHTML and the like throw.
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	}, "; ")
}
