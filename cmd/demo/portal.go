package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
)

// portal is a fakeportal that runs as a program of its own.
type portal struct {
	StartURL string `json:"start_url"`
	Region   string `json:"region"`

	command *exec.Cmd
	stdin   io.Closer
}

// startPortal runs fakeportal, which says on one line where it is.
func startPortal(ctx context.Context, program string, accounts, roles int) (*portal, error) {
	command := exec.CommandContext(ctx, program, "-accounts", strconv.Itoa(accounts), "-roles", strconv.Itoa(roles))
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe() // it ends when this closes, however we end
	if err != nil {
		return nil, err
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start the portal: %w", err)
	}
	p := &portal{command: command, stdin: stdin}
	if err := json.NewDecoder(stdout).Decode(p); err != nil {
		p.stop()
		return nil, fmt.Errorf("read where the portal is: %w", err)
	}
	return p, nil
}

func (p *portal) stop() {
	p.stdin.Close()
	_ = p.command.Wait() // how it ends is of no interest
}
