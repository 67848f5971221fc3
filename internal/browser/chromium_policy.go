package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// policyFolders are where on Linux the policies of browsers are, by a part of their
// program's name.
var policyFolders = []struct{ program, folder string }{
	{"edge", "/etc/opt/edge/policies/managed"},
	{"google-chrome", "/etc/opt/chrome/policies/managed"},
	{"", "/etc/chromium/policies/managed"},
}

// manage has the extension's policy be what an organisation has set, until the browser
// quits. It is the extension's alone: other browsers that run meanwhile have others.
func (c *chromium) manage(o Options) error {
	if o.Policy == "" {
		return nil
	}
	var folder string
	for _, p := range policyFolders {
		if folder = p.folder; strings.Contains(filepath.Base(o.Path), p.program) {
			break
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("manage the browser: %w", err)
	}
	name := filepath.Join(folder, c.id+".json")
	c.stop = append(c.stop, func() { os.Remove(name) })
	text := fmt.Sprintf(`{"3rdparty": {"extensions": {%q: %s}}}`, c.id, o.Policy)
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		return fmt.Errorf("manage the browser: %w", err)
	}
	return nil
}
