package mainjob

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Clipboard leaves the popup and gives the text that is on the clipboard.
func (j *Job) Clipboard() (string, error) {
	if err := j.Close(); err != nil {
		return "", err
	}
	page, err := j.Browser.NewTab(strings.TrimSuffix(j.StartURL, "/"))
	if err != nil {
		return "", err
	}
	defer page.Close()
	// There is a clipboard once the tab has left its empty first page.
	if err := page.Wait("!!navigator.clipboard"); err != nil {
		return "", err
	}
	return j.Browser.Clipboard(page, origin(j.StartURL))
}

// Paste leaves the popup, runs bash with what is on the clipboard, and gives the
// variables that it then has.
func (j *Job) Paste() (map[string]string, error) {
	text, err := j.Clipboard()
	if err != nil {
		return nil, err
	}
	return Bash(text)
}

// Bash runs text in a bash that has nothing in its environment, and gives the
// AWS variables that programs it starts would see.
func Bash(text string) (map[string]string, error) {
	path, err := exec.LookPath("env")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("bash", "--norc", "--noprofile", "-s")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	cmd.Stdin = strings.NewReader("set -eu\n" + text + "\n" + path + " -0\n")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("paste into bash: %w", err)
	}
	vars := make(map[string]string)
	for entry := range strings.SplitSeq(string(out), "\x00") {
		if name, value, ok := strings.Cut(entry, "="); ok && strings.HasPrefix(name, "AWS_") {
			vars[name] = value
		}
	}
	return vars, nil
}
