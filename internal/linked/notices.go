package linked

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// programs are the packages of the extension's programs.
const programs = "./wasm/..."

// Notices gives the text that has to go with the programs of the module in root,
// compiled by the toolchain in goroot: the licence of Go and of each foreign module
// of which a package is linked, in full. That a licence is not found is an error.
func Notices(goroot, root string) (string, error) {
	packages, err := list(goroot, root, programs)
	if err != nil {
		return "", err
	}
	// What Go vendors (golang.org/x) comes under the licence of Go.
	parts := append([]Module{{Path: "Go: runtime, standard library and wasm_exec.js", Dir: goroot}}, foreign(packages)...)

	var text strings.Builder
	text.WriteString("Portico contains the following, under the licences that stand below each name.\n")
	for _, m := range parts {
		licence, err := licence(m.Dir)
		if err != nil {
			return "", fmt.Errorf("notices of %s: %w", m.Path, err)
		}
		title := strings.TrimSpace(m.Path + " " + m.Version)
		fmt.Fprintf(&text, "\n%s\n%s\n\n%s\n", title, strings.Repeat("=", len(title)), strings.TrimSpace(licence))
	}
	return text.String(), nil
}

// foreign gives the modules of others that packages are of, by path.
func foreign(packages []pkg) (found []Module) {
	for _, p := range packages {
		if p.Module != nil && !p.Module.Main && !slices.Contains(found, *p.Module) {
			found = append(found, *p.Module)
		}
	}
	slices.SortFunc(found, func(a, b Module) int { return strings.Compare(a.Path, b.Path) })
	return found
}

// licenceName is what projects call the files that have to be passed on.
var licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)(\.(md|txt))?$`)

// licence gives the text of the licence files in a folder.
func licence(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var texts []string
	for _, e := range entries {
		if e.IsDir() || !licenceName.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		texts = append(texts, strings.ReplaceAll(string(text), "\r\n", "\n"))
	}
	if len(texts) == 0 {
		return "", fmt.Errorf("no licence in %s", dir)
	}
	return strings.Join(texts, "\n"), nil
}
