package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"portico/internal/portal"
)

// flavour is one of the builds of the same extension.
type flavour struct {
	folder string
	// platform names the piece of the manifest that is this kind of browser's own.
	platform string
	// loopback adds portals at 127.0.0.1, for development and tests. It is the
	// only other difference there is.
	loopback bool
}

// Edge takes what Chrome takes; its store is handed a package of its own name.
var flavours = []flavour{
	{folder: "chrome", platform: "chromium"},
	{folder: "chrome-dev", platform: "chromium", loopback: true},
	{folder: "edge", platform: "chromium"},
	{folder: "firefox", platform: "firefox"},
	{folder: "firefox-dev", platform: "firefox", loopback: true},
}

// platforms has what the manifest says to one kind of browser alone: the oldest
// version that has what is used, how the worker is run, what can be asked for later.
// In a folder of its name are the files that it has in place of others.
//
//go:embed platforms
var platforms embed.FS

// generated are the manifest's keys that have one source alone: internal/portal.
var generated = []string{"host_permissions", "optional_host_permissions", "web_accessible_resources", "content_security_policy"}

// callbackPage is where the page of a sign-in leads back to: the one page of ours that
// others may lead to.
const callbackPage = "callback/callback.html"

// manifest completes the manifest as it stands in the source with the piece of its
// platform, whose keys are none of the source's, and with what follows from
// internal/portal: the hosts that may be asked for, those whose pages may lead back
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
	if err := f.addPlatform(m); err != nil {
		return nil, err
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

func (f flavour) addPlatform(m map[string]any) error {
	text, err := platforms.ReadFile("platforms/" + f.platform + ".json")
	if err != nil {
		return err
	}
	var piece map[string]any
	if err := json.Unmarshal(text, &piece); err != nil {
		return fmt.Errorf("read what is %s’s own: %w", f.platform, err)
	}
	for key, value := range piece {
		if _, ok := m[key]; ok {
			return fmt.Errorf("read manifest: %s is said for each platform and must not be in it", key)
		}
		m[key] = value
	}
	return nil
}

// replace puts the platform's own files in the place of those of the same name.
func (f flavour) replace(files map[string][]byte) error {
	root, err := fs.Sub(platforms, "platforms")
	if err != nil {
		return err
	}
	if _, err := fs.Stat(root, f.platform); errors.Is(err, fs.ErrNotExist) {
		return nil // it has none
	}
	return fs.WalkDir(root, f.platform, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		own := strings.TrimPrefix(name, f.platform+"/")
		if _, ok := files[own]; !ok {
			return fmt.Errorf("%s takes no file's place", name)
		}
		files[own], err = fs.ReadFile(root, name)
		return err
	})
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
