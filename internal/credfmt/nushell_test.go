package credfmt_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
)

// Debian has no nushell: where one is installed, it stands beside the reader that
// stands for it.
func TestNushellHasExactlyWhatIsPasted(t *testing.T) {
	nu, err := exec.LookPath("nu")
	if err != nil {
		t.Log("nushell is not installed: TestOtherShellsHaveExactlyWhatIsPasted goes by its rules")
		return
	}
	p := paster{name: "nu"}
	run := func(text string) map[string]string {
		t.Helper()
		dir, out := t.TempDir(), filepath.Join(t.TempDir(), "environment")
		cmd := exec.Command(nu, "--no-config-file", "-c", text+"\n^sh -c 'env -0 >$OUT'")
		cmd.Dir = dir
		cmd.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "OUT=" + out}
		for name, value := range stale {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		return p.left(t, dir, out)
	}
	for _, o := range []credfmt.Options{{}, everything, {Names: true, OneLine: true, LeadingSpace: true}, {KeepProfile: true, LeadingSpace: true}} {
		for _, value := range append([]string{"Payments Prod"}, hostileNames...) {
			c := hostile(value)
			text := write(t, list.Nushell, c, o)
			if got, want := run(text), environmentOf(c, o, lowLines); !maps.Equal(got, want) {
				t.Errorf("%q: has %q, want %q of\n%s", value, got, want, text)
			}
			if o.KeepProfile {
				continue
			}
			if got := run(text + "\n" + credfmt.Unset(list.Nushell, o)); len(got) > 0 {
				t.Errorf("%q: undone, has %q", value, got)
			}
		}
	}
	// What a template becomes, too.
	for _, value := range hostileNames {
		c := ordinary()
		c.AccountName = value
		want := maps.Clone(stale)
		want["AWS_A"], want["AWS_B"] = lowLines(value), "("+lowLines(value)+")'"
		if got := run(templated(t, "# {accountName}\n$env.AWS_A = {accountName}; $env.AWS_B = \"({accountName})'\"", list.Nushell, c)); !maps.Equal(got, want) {
			t.Errorf("%q: has %q, want %q", value, got, want)
		}
	}
}
