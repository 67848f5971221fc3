// Command demo is what `make run` runs: a portal on this machine, and a browser
// with the development build of the extension and that portal in it. With a
// display it leaves the browser to the person; without one it performs the main
// job itself and tells what it saw.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"

	"portico/internal/browser"
	"portico/internal/mainjob"
)

func main() {
	accounts := flag.Int("accounts", 230, "accounts that the portal grants")
	roles := flag.Int("roles", 3, "roles in each account")
	build := flag.String("build", "build", "folder that `make build` wrote to")
	headless := flag.Bool("headless", !hasDisplay(), "perform the main job without a window")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *build, *accounts, *roles, *headless); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// hasDisplay tells whether a window could be shown.
func hasDisplay() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return os.Getenv("CI") == ""
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

func run(ctx context.Context, build string, accounts, roles int, headless bool) error {
	portal, err := startPortal(ctx, filepath.Join(build, "bin", "fakeportal"), accounts, roles)
	if err != nil {
		return err
	}
	defer portal.stop()
	extension := filepath.Join(build, "chrome-dev")
	options := browser.Options{Extension: extension, Headed: !headless}
	if headless {
		options.Granted = []string{"bookmarks"} // nobody is there to allow it
	}
	b, err := browser.Launch(ctx, options)
	if errors.Is(err, browser.ErrLoad) {
		return fmt.Errorf("%w\nLoad it by hand: open chrome://extensions, switch on Developer mode, choose Load unpacked and pick %s", err, extension)
	}
	if err != nil {
		return err
	}
	defer b.Close()
	job := &mainjob.Job{Browser: b, StartURL: portal.StartURL, Region: portal.Region, Shots: filepath.Join(build, "run")}
	if headless {
		return perform(job, accounts*roles)
	}
	return show(ctx, job)
}

// show hands the browser to the person, with the portal added.
func show(ctx context.Context, job *mainjob.Job) error {
	if err := job.Prepare(); err != nil {
		return err
	}
	fmt.Printf("The browser shows the sign-in page of a portal at %s: choose Allow there, and Portico opens. Later you open it with Alt+Shift+P.\nPress Control+C here to end.\n", job.StartURL)
	return job.Browser.Wait(ctx)
}
