// Fakeportal serves package portaltest on loopback: an access portal with an
// invented organisation, for trying out and testing Portico.
//
// It prints one line of JSON, {"start_url","portal","oidc","region"}, and then
// serves until SIGINT or SIGTERM. If its standard input is a pipe, it also
// stops when that closes, so a parent that is killed leaves no orphan behind.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"portico/internal/portaltest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if info, err := os.Stdin.Stat(); err == nil && info.Mode()&os.ModeNamedPipe != 0 {
		go func() { _, _ = io.Copy(io.Discard, os.Stdin); stop() }()
	}
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "fakeportal:", err)
		os.Exit(1)
	}
}

// run serves until ctx is done.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	addr, config, err := parseFlags(args, stderr)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	portal := portaltest.New(config)
	server := &http.Server{Handler: portal, ReadHeaderTimeout: 10 * time.Second}
	down := make(chan struct{})
	context.AfterFunc(ctx, func() { defer close(down); shutDown(server) })

	origin := "http://" + listener.Addr().String()
	err = json.NewEncoder(stdout).Encode(struct {
		StartURL string `json:"start_url"`
		Portal   string `json:"portal"`
		OIDC     string `json:"oidc"`
		Region   string `json:"region"`
	}{origin + "/start", origin, origin, portal.Region()})
	if err != nil {
		return err
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-down
	return nil
}

// shutDown lets answers under way finish, but not for long.
func shutDown(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		_ = server.Close()
	}
}
