package browser

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Screen is a screen that nobody sees, with a window manager: a browser without a
// screen shows no prompts. It needs Xvfb, openbox, xdotool and setxkbmap.
type Screen struct {
	name  string // as X calls it
	shown string // file that holds what it shows
	stop  []func()
}

// NewScreen starts a screen. It lives until Close.
func NewScreen() (_ *Screen, err error) {
	s := &Screen{}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	dir, err := os.MkdirTemp("", "portico-screen-")
	if err != nil {
		return nil, err
	}
	s.stop = append(s.stop, func() { os.RemoveAll(dir) })
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-fbdir", dir, "-screen", "0", "1400x1000x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{w}
	err = s.start(server)
	w.Close()
	if err != nil {
		return nil, err
	}
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("start Xvfb: %w", err)
	}
	s.name, s.shown = ":"+strings.TrimSpace(number), filepath.Join(dir, "Xvfb_screen0")
	return s, s.start(s.command("openbox"))
}

// start runs a program until the screen is closed.
func (s *Screen) start(program *exec.Cmd) error {
	if err := program.Start(); err != nil {
		return err
	}
	s.stop = append(s.stop, func() {
		_ = program.Process.Kill()
		_ = program.Wait()
	})
	return nil
}

// Close ends the screen.
func (s *Screen) Close() {
	for _, stop := range slices.Backward(s.stop) {
		stop()
	}
	s.stop = nil
}

// Still waits until nothing has moved on the screen for half a second.
func (s *Screen) Still() error {
	var last []byte
	since := time.Now()
	return Until(patience, "the screen to stand still", func() (bool, error) {
		now, err := os.ReadFile(s.shown)
		if !slices.Equal(now, last) {
			last, since = now, time.Now()
		}
		return err == nil && time.Since(since) > time.Second/2, err
	})
}

// Press presses a key as the keyboard does, whichever window has the focus; it is
// named as xdotool does. A number is the place of a key, whatever the layout has
// there.
func (s *Screen) Press(key string) error { return s.command("xdotool", "key", key).Run() }

// Layout puts another layout on the keyboard, such as "ru".
func (s *Screen) Layout(name string) error { return s.command("setxkbmap", name).Run() }

func (s *Screen) command(program string, args ...string) *exec.Cmd {
	command := exec.Command(program, args...)
	command.Env = append(os.Environ(), "DISPLAY="+s.name)
	return command
}
