// Package browser drives a real browser with the extension loaded: it finds and
// starts one, opens the real action popup, stops the extension's worker, and reads
// what people would see. The end-to-end tests and `make run` stand on it; no
// shipped program does.
//
// [Browser] and [Page] are the same for all browsers. What each kind does in its own
// way is a driver.
package browser

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// names are the browsers that can be driven, best first.
var names = []string{
	"chromium", "chromium-browser", "microsoft-edge", "microsoft-edge-stable", "google-chrome", "google-chrome-stable",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// ErrNone reports that there is no browser that can be driven.
var ErrNone = errors.New("no Chromium, Edge or Chrome found: install one (Debian and Ubuntu: apt-get install chromium), or name one in PORTICO_BROWSER")

// ErrLoad reports a browser that would not load an unpacked extension unless a
// person tells it to.
var ErrLoad = errors.New("the browser did not load the extension")

// Find gives the path of a browser. PORTICO_BROWSER, if set, names it.
func Find() (string, error) {
	if named := os.Getenv("PORTICO_BROWSER"); named != "" {
		return exec.LookPath(named)
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNone
}

// extensionID is the ID that Chromium gives an unpacked extension: the first
// half of the SHA-256 of its path, in letters a to p.
func extensionID(dir string) (string, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(path))
	return letters.Replace(hex.EncodeToString(sum[:16])), nil
}

// letters maps hexadecimal digits to the letters of extension IDs.
var letters = strings.NewReplacer("0", "a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7", "h",
	"8", "i", "9", "j", "a", "k", "b", "l", "c", "m", "d", "n", "e", "o", "f", "p")
