//go:build linux

package credfmt_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"portico/internal/credfmt/list"
)

// terminal opens a pseudo terminal: what we hold, and what a shell is given.
func terminal(t *testing.T) (ours, theirs *os.File) {
	t.Helper()
	ours, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ours.Close() })
	ioctl := func(request uintptr, value *uint32) {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, ours.Fd(), request, uintptr(unsafe.Pointer(value))); errno != 0 {
			t.Fatal(errno)
		}
	}
	var number, unlocked uint32
	ioctl(syscall.TIOCSPTLCK, &unlocked)
	ioctl(syscall.TIOCGPTN, &number)
	if theirs, err = os.OpenFile(fmt.Sprint("/dev/pts/", number), os.O_RDWR|syscall.O_NOCTTY, 0); err != nil {
		t.Fatal(err)
	}
	return ours, theirs
}

// typed is what a shell's environment is after a text was pasted into a terminal
// of its own, as keys that are pressed one after the other: the worst a terminal
// does.
func (p paster) typed(t *testing.T, text string) map[string]string {
	t.Helper()
	ours, theirs := terminal(t)
	dir, home := t.TempDir(), t.TempDir()
	out := filepath.Join(home, "environment")
	cmd := exec.Command(p.name, p.args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "HISTFILE=", "LC_ALL=C.UTF-8", "OUT=" + out, "TERM=dumb", "PS1=READY", "PROMPT=READY", "ENV="}
	for name, value := range stale {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs, theirs, theirs
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	var screen bytes.Buffer
	ready, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for b, seen := make([]byte, 4096), false; ; {
			n, err := ours.Read(b)
			screen.Write(b[:n])
			if !seen && (bytes.ContainsAny(screen.Bytes(), "#>") || bytes.Contains(screen.Bytes(), []byte("READY"))) {
				seen = true
				close(ready)
			}
			if err != nil {
				return
			}
		}
	}()
	dead := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	defer dead.Stop()
	select {
	case <-ready:
	case <-ended:
	}
	if _, err := ours.WriteString(p.before + text + "\nenv -0 >$OUT\nexit\n"); err != nil && !errors.Is(err, syscall.EIO) {
		t.Fatal(err)
	}
	err := cmd.Wait()
	<-ended
	if err != nil {
		t.Fatalf("%v: %v\n%s", p, err, screen.Bytes())
	}
	return p.left(t, dir, out)
}

func TestTerminalsHaveExactlyWhatIsPasted(t *testing.T) {
	for _, p := range []paster{
		{format: list.POSIX, name: "bash", args: []string{"--norc", "--noprofile", "-i"}, before: interactiveBefore},
		{format: list.POSIX, name: "zsh", args: []string{"-f", "-i"}, before: interactiveBefore},
		{format: list.POSIX, name: "dash", args: []string{"-i"}},
		{format: list.Fish, name: "fish", args: []string{"--no-config", "-i"}},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			need(t, p.name)
			all := strings.Join(hostileNames, " ")
			for _, value := range []string{"Payments Prod", "!!", "!tr", `"!!"`, "wow! '!true'", "a\tb", "x\r\necho > canary\n", all} {
				c := hostile(value)
				if got, want := p.typed(t, write(t, p.format, c, everything)), environmentOf(c, everything, lowLines); !maps.Equal(got, want) {
					t.Errorf("%q: has %q, want %q", value, got, want)
				}
			}
		})
	}
}
