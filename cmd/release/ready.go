package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ready says what keeps the version from being made, or gives the day that the changelog
// says it is of: there is no other clock in a release.
func (r release) ready() (time.Time, error) {
	var none time.Time
	wanted, err := parse(r.version)
	if err != nil {
		return none, err
	}
	if err := r.clean(); err != nil {
		return none, err
	}
	if err := r.forward(wanted); err != nil {
		return none, err
	}
	if err := r.toolchain(); err != nil {
		return none, err
	}
	text, err := os.ReadFile(filepath.Join(r.root, "CHANGELOG.md"))
	if err != nil {
		return none, err
	}
	return logged(string(text), r.version)
}

// number is a version that all stores take: three numbers of at most 65535.
type number [3]int

func parse(version string) (n number, err error) {
	parts := strings.Split(version, ".")
	if len(parts) != len(n) {
		return n, fmt.Errorf("%q is no version: give three numbers, such as 1.2.3", version)
	}
	for i, part := range parts {
		v, err := strconv.ParseUint(part, 10, 16)
		if err != nil || strconv.FormatUint(v, 10) != part {
			return n, fmt.Errorf("%q is no version: %q is no number from 0 to 65535", version, part)
		}
		n[i] = int(v)
	}
	return n, nil
}

func (n number) before(other number) bool { return slices.Compare(n[:], other[:]) < 0 }

// clean tells whether the source is what is committed: nobody could get at it otherwise.
func (r release) clean() error {
	changed, err := r.git("status", "--porcelain")
	if err != nil {
		return err
	}
	if changed != "" {
		return fmt.Errorf("these files are not committed: commit or remove them, then try again:\n%s", changed)
	}
	return nil
}

// forward refuses a version before the last one, and one that was made of other source.
func (r release) forward(wanted number) error {
	text, err := os.ReadFile(filepath.Join(r.root, manifestFile))
	if err != nil {
		return err
	}
	last, err := parse(versionIn(text))
	if err != nil {
		return fmt.Errorf("%s: %w", manifestFile, err)
	}
	if wanted.before(last) {
		return fmt.Errorf("%s would go back: %s has %s", r.version, manifestFile, versionIn(text))
	}
	tags, err := r.git("tag", "--merged", "HEAD", "--list", "v*")
	if err != nil {
		return err
	}
	for _, tag := range strings.Fields(tags) {
		if n, err := parse(strings.TrimPrefix(tag, "v")); err == nil && wanted.before(n) {
			return fmt.Errorf("%s would go back: there is the tag %s", r.version, tag)
		}
	}
	if same, err := r.git("tag", "--list", "v"+r.version); err != nil || same == "" {
		return err
	}
	if here, err := r.git("tag", "--points-at", "HEAD"); err != nil || slices.Contains(strings.Fields(here), "v"+r.version) {
		return err
	}
	return fmt.Errorf("%s was made already, of other source: there is the tag v%s. Choose the next version, or check that tag out to make it again", r.version, r.version)
}

// toolchain refuses another Go than go.mod names: its programs would be others.
func (r release) toolchain() error {
	mod, err := os.ReadFile(filepath.Join(r.root, "go.mod"))
	if err != nil {
		return err
	}
	named := regexp.MustCompile(`(?m)^toolchain (\S+)$`).FindSubmatch(mod)
	if named == nil {
		return errors.New("go.mod names no toolchain, so nobody could build the same again")
	}
	out, err := exec.Command("go", "env", "GOVERSION").Output()
	if err != nil {
		return fmt.Errorf("find the toolchain: %w", err)
	}
	if here := strings.TrimSpace(string(out)); here != string(named[1]) {
		return fmt.Errorf("go.mod names %s, and this is %s: set GOTOOLCHAIN=%s", named[1], here, named[1])
	}
	return nil
}

// logged gives the day of a version's section in the changelog, which says something,
// while nothing is left above it.
func logged(text, version string) (time.Time, error) {
	heading := "## " + version + " - "
	entries, day := 0, ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "## ") && day != "":
			return dated(heading, day, entries)
		case strings.HasPrefix(line, heading):
			if entries > 0 {
				return time.Time{}, fmt.Errorf("CHANGELOG.md has changes above %q: move those that %s has below it", strings.TrimSpace(heading[:len(heading)-2]), version)
			}
			day = strings.TrimPrefix(line, heading)
		case strings.HasPrefix(line, "- "):
			entries++
		}
	}
	if day == "" {
		return time.Time{}, fmt.Errorf("CHANGELOG.md does not say what %s changes: give it a section “%s2026-01-31”, with its day", version, heading)
	}
	return dated(heading, day, entries)
}

func dated(heading, day string, entries int) (time.Time, error) {
	made, err := time.Parse(time.DateOnly, day)
	if err != nil || made.Year() < 1980 {
		return made, fmt.Errorf("CHANGELOG.md: “%s%s” does not end with a day, such as 2026-01-31", heading, day)
	}
	if entries == 0 {
		return made, fmt.Errorf("CHANGELOG.md: nothing stands below “%s%s”: say what changed", heading, day)
	}
	return made, nil
}

const manifestFile = "extension/manifest.json"

// inManifest finds the version, and what stands before and behind it.
var inManifest = regexp.MustCompile(`(?m)^(  "version": ")([^"]*)(",)$`)

// versionIn gives the version that a manifest has; "" if there is none.
func versionIn(manifest []byte) string {
	if m := inManifest.FindSubmatch(manifest); m != nil {
		return string(m[2])
	}
	return ""
}

func (r release) writeVersion() error {
	name := filepath.Join(r.root, manifestFile)
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if with := inManifest.ReplaceAll(text, []byte("${1}"+r.version+"${3}")); !bytes.Equal(with, text) {
		return os.WriteFile(name, with, 0o644)
	}
	return nil
}

// git gives what git says in the folder of the source.
func (r release) git(args ...string) (string, error) {
	return git(r.root, args...)
}

func git(root string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = root
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(said.String()))
	}
	return strings.TrimRight(string(out), "\n"), nil
}
