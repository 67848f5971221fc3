package portaltest_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"portico/internal/portaltest"
)

// What ships as the demo organisation holds none of the texts that attack:
// scanners of extensions look for them, and rightly.
func TestDemoProgramCarriesNoAttackStrings(t *testing.T) {
	program := filepath.Join(t.TempDir(), "demo.wasm")
	build := exec.Command("go", "build", "-o", program, "portico/wasm/demo")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	demo := contents(t, program)
	itself, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	test := contents(t, itself)
	if !bytes.Contains(demo, []byte("payments-prod")) {
		t.Error("the demo's program has no organisation")
	}
	for _, account := range portaltest.New(portaltest.Config{Hostile: true}).Hostile() {
		// A part that each text's constant holds: the rest may be repeated at run time.
		part := []byte(account.Name[1:8])
		if !bytes.Contains(test, part) {
			t.Errorf("%q is not even in this test: nothing was checked", part)
		}
		if bytes.Contains(demo, part) {
			t.Errorf("the demo's program has %q", part)
		}
	}
	for _, part := range []string{"<script>alert", "onerror=", "portico-pwned", "AWS_PROFILE=evil"} {
		if bytes.Contains(demo, []byte(part)) {
			t.Errorf("the demo's program has %q", part)
		}
	}
}

func contents(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
