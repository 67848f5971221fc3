package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/extensions"
	"github.com/chromedp/chromedp"
)

// chromium drives Chromium, Edge and Chrome over their debugging pipe.
type chromium struct {
	id     string // of the extension
	ctx    context.Context
	screen *Screen
	stop   []func()
}

// startChromium starts a browser that is ready to install the extension.
func startChromium(ctx context.Context, o Options) (_ *chromium, err error) {
	c := &chromium{screen: o.Screen}
	defer func() {
		if err != nil {
			c.quit()
		}
	}()
	if c.id, err = extensionID(o.Extension); err != nil {
		return nil, err
	}
	profile, err := c.profile(o)
	if err != nil {
		return nil, err
	}
	if err := c.manage(o); err != nil {
		return nil, err
	}
	ctx, cancel := chromedp.NewExecAllocator(ctx, flags(o, profile)...)
	c.stop = append(c.stop, cancel)
	// What goes wrong comes back as an error of the step that it spoils; what
	// chromedp logs besides is about events of pages that have just closed.
	c.ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	c.stop = append(c.stop, cancel)
	if err := chromedp.Do(c.ctx); err != nil { // starts it; a first run may have no deadline
		return nil, fmt.Errorf("start %s: %w", o.Path, err)
	}
	return c, nil
}

func (c *chromium) install(folder string) (pages string, err error) {
	loaded, err := chromedp.CallBrowser(c.ctx, extensions.LoadUnpacked, extensions.LoadUnpackedParams{Path: folder})
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrLoad, err)
	}
	if loaded.ID != c.id {
		return "", fmt.Errorf("%w: expected ID %s, got %s", ErrLoad, c.id, loaded.ID)
	}
	return "chrome-extension://" + c.id + "/", nil
}

func (c *chromium) runs() bool {
	_, err := c.targets()
	return err == nil
}

func (c *chromium) quit() {
	for i := len(c.stop) - 1; i >= 0; i-- {
		c.stop[i]()
	}
	c.stop = nil
}

func flags(o Options, profile string) []chromedp.ExecAllocatorOption {
	opts := append(chromedp.DefaultExecAllocatorOptions[:len(chromedp.DefaultExecAllocatorOptions):len(chromedp.DefaultExecAllocatorOptions)],
		chromedp.ExecPath(o.Path),
		chromedp.UserDataDir(profile),
		chromedp.Flag("disable-extensions", false),
		// Branded Chrome takes no extension from the command line any more, but
		// all browsers take one over the debugging pipe.
		chromedp.Flag("enable-unsafe-extension-debugging", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("hide-scrollbars", false), // people have them
		chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1200, 900),
		chromedp.Flag("screen-info", "{1600x1200}"), // of a headless browser
	)
	if o.Headed {
		opts = append(opts, chromedp.Flag("headless", false), chromedp.Flag("enable-automation", false))
		if o.Screen != nil {
			opts = append(opts, chromedp.Env("DISPLAY="+o.Screen.name))
		}
	} else {
		opts = append(opts, chromedp.Flag("headless", "new"), chromedp.DisableGPU)
	}
	if o.Proxy != "" {
		opts = append(opts, chromedp.ProxyServer(o.Proxy), chromedp.Flag("proxy-bypass-list", "<-loopback>"))
	}
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox) // Chromium refuses to run as root otherwise
	}
	return opts
}

// keys are those that the extension suggests for its commands, as a profile has them:
// whoever installs it gets them, but not who loads it over the pipe.
func (c *chromium) keys(folder string) (map[string]any, error) {
	text, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return nil, err
	}
	var manifest struct {
		Commands map[string]struct {
			Key struct{ Default string } `json:"suggested_key"`
		}
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return nil, err
	}
	keys := make(map[string]any)
	for name, command := range manifest.Commands {
		if key := command.Key.Default; key != "" {
			keys["linux:"+key] = map[string]any{"command_name": name, "extension": c.id, "global": false}
		}
	}
	return keys, nil
}

// profile makes an empty profile, with the zoom that the person has chosen, in
// which permissions were granted to the extension once. The browser then grants
// them again without a prompt.
func (c *chromium) profile(o Options) (string, error) {
	dir := o.Profile
	if _, err := os.Stat(filepath.Join(dir, "Default")); dir != "" && err == nil {
		return dir, nil // of a browser that was
	}
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "portico-profile-"); err != nil {
			return "", err
		}
		c.stop = append(c.stop, func() { os.RemoveAll(dir) })
	}
	type m = map[string]any
	grant := m{"api": append([]string{}, o.Granted...), "explicit_host": []string{},
		"manifest_permissions": []string{}, "scriptable_host": []string{}}
	keys, err := c.keys(o.Extension)
	if err != nil {
		return "", err
	}
	prefs := m{"extensions": m{"commands": keys, "settings": m{c.id: m{"granted_permissions": grant, "runtime_granted_permissions": grant}}}}
	if o.Zoom != 0 {
		// Chromium counts in steps of a fifth. The letter is the profile's only partition.
		prefs["partition"] = m{"default_zoom_level": m{"x": math.Log(o.Zoom/100) / math.Log(1.2)}}
	}
	text, err := json.Marshal(prefs)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Join(dir, "Default"), 0o700); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "Default", "Preferences"), text, 0o600)
}
