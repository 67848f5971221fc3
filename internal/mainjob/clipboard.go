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
	return Paste("bash", text)
}

// shells are those into which text can be pasted: how each is started without a
// person's own settings, and what has it end at the first command that fails.
var shells = map[string]struct {
	args   []string
	strict string
}{
	"bash": {[]string{"--norc", "--noprofile", "-s"}, "set -eu\n"},
	"dash": {[]string{"-s"}, "set -eu\n"},
	"zsh":  {[]string{"-f", "-s"}, "set -eu\n"},
	"fish": {[]string{"--no-config"}, ""},
}

// Paste runs text in a shell that has nothing in its environment, and gives the
// AWS variables that programs it starts would see.
func Paste(shell, text string) (map[string]string, error) {
	path, err := exec.LookPath("env")
	if err != nil {
		return nil, err
	}
	home, err := os.MkdirTemp("", "home")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(home)
	cmd := exec.Command(shell, shells[shell].args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home}
	cmd.Stdin = strings.NewReader(shells[shell].strict + text + "\n" + path + " -0\n")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("paste into %s: %w", shell, err)
	}
	vars := make(map[string]string)
	for entry := range strings.SplitSeq(string(out), "\x00") {
		if name, value, ok := strings.Cut(entry, "="); ok && strings.HasPrefix(name, "AWS_") {
			vars[name] = value
		}
	}
	return vars, nil
}
