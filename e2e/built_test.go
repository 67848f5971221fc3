package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"portico/internal/linked"
)

// built is an error unless build/ holds the extension of the sources as they are.
var built = sync.OnceValue(func() error { return stale("..", filepath.Dir(devBuild)) })

// stale is an error if the extension in a folder was built from other sources than
// those in root.
func stale(root, folder string) error {
	then, err := os.ReadFile(filepath.Join(folder, linked.SourcesFile))
	if err != nil {
		return fmt.Errorf("there is no extension to test, run make build: %w", err)
	}
	goroot, err := linked.Toolchain()
	if err != nil {
		return err
	}
	now, err := linked.Sources(goroot, root)
	if err != nil {
		return err
	}
	if changed := linked.Differing(then, now); len(changed) > 0 {
		return fmt.Errorf("the extension to test was built before %s changed, run make build", strings.Join(changed, ", "))
	}
	return nil
}

func TestStaleBuildIsRefused(t *testing.T) {
	must(t, built())
	folder := t.TempDir()
	if err := stale("..", folder); err == nil || !strings.Contains(err.Error(), "run make build") {
		t.Errorf("of no build at all: %v", err)
	}
	sums, err := os.ReadFile(filepath.Join(filepath.Dir(devBuild), linked.SourcesFile))
	must(t, err)
	other := bytes.Replace(sums, []byte("  wasm/main.go"), []byte("  wasm/renamed.go"), 1)
	must(t, os.WriteFile(filepath.Join(folder, linked.SourcesFile), other, 0o644))
	if err := stale("..", folder); err == nil || !strings.Contains(err.Error(), "wasm/main.go, wasm/renamed.go changed, run make build") {
		t.Errorf("of another build: %v", err)
	}
}

// Programs run only on the loader of the toolchain that compiled them.
func TestLoaderIsTheToolchains(t *testing.T) {
	must(t, built())
	goroot, err := linked.Toolchain()
	must(t, err)
	want, err := os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
	must(t, err)
	for _, build := range []string{releaseBuild, devBuild} {
		got, err := os.ReadFile(filepath.Join(build, "wasm_exec.js"))
		must(t, err)
		if !bytes.Equal(got, want) {
			t.Errorf("wasm_exec.js in %s is not the toolchain's", build)
		}
	}
}
