package main

import (
	"bytes"
	"debug/gosym"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// compiled compiles the program of this test as those of the extension are.
func compiled(t *testing.T) (file string, program []byte) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "work.wasm")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", file, "./testdata/work")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=nogreenteagc")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	program, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return file, program
}

// run runs a program until it crashes.
func run(t *testing.T, file string) (stdout, stderr string) {
	t.Helper()
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "go_js_wasm_exec"), file)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != 2 {
		t.Fatalf("it ends with %v; Node.js is needed (scripts/setup.sh node): %s", err, said.String())
	}
	return out.String(), said.String()
}

// line is how the print of a crash says where a call is.
var line = regexp.MustCompile(`\w+\.go:\d+`)

func TestASlimProgramWorksAsItDid(t *testing.T) {
	file, program := compiled(t)
	out, said := run(t, file)
	if !line.MatchString(said) {
		t.Fatalf("nothing to take out: %s", said)
	}
	if err := rewrite(file); err != nil {
		t.Fatal(err)
	}
	slim, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(slim) > len(program)*95/100 {
		t.Errorf("%d bytes of %d are left", len(slim), len(program))
	}
	slimOut, slimSaid := run(t, file)
	before := func(said string) string { result, _, _ := strings.Cut(said, "goroutine "); return result }
	if slimOut != out || out != "done\n" || before(slimSaid) != before(said) {
		t.Errorf("it printed %q and %q, was %q and %q", slimOut, slimSaid, out, said)
	}
	if line.MatchString(slimSaid) || !strings.Contains(slimSaid, "main.crash") {
		t.Errorf("the crash reads %s", slimSaid)
	}
	again := bytes.Clone(slim)
	if err := rewrite(file); err != nil {
		t.Fatal(err)
	}
	if slim, err = os.ReadFile(file); err != nil || !bytes.Equal(slim, again) {
		t.Errorf("a second time changes it: %v", err)
	}
}

// What another reader of the tables finds is the same but for the lines.
func TestFunctionsStayAsTheyWere(t *testing.T) {
	_, program := compiled(t)
	slim, err := slimmed(program)
	if err != nil {
		t.Fatal(err)
	}
	was, is := symbols(t, program), symbols(t, slim)
	if len(was.Funcs) < 1000 || len(is.Funcs) != len(was.Funcs) {
		t.Fatalf("%d functions of %d", len(is.Funcs), len(was.Funcs))
	}
	lines := 0
	for i, f := range was.Funcs {
		if g := is.Funcs[i]; g.Name != f.Name || g.Entry != f.Entry || g.End != f.End {
			t.Fatalf("%s at %x became %s at %x", f.Name, f.Entry, g.Name, g.Entry)
		}
		if _, n, _ := was.PCToLine(f.Entry); n > 0 {
			lines++
		}
		if _, n, _ := is.PCToLine(f.Entry); n > 0 {
			t.Fatalf("%s is still of line %d", f.Name, n)
		}
	}
	if lines < 1000 {
		t.Errorf("only %d had lines", lines)
	}
}

func symbols(t *testing.T, program []byte) *gosym.Table {
	t.Helper()
	m, err := read(program)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(m.memory, magic[:])
	table, err := gosym.NewTable(nil, gosym.NewLineTable(m.memory[at:], 0))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestOtherFilesAreRefused(t *testing.T) {
	_, program := compiled(t)
	for name, other := range map[string][]byte{
		"empty":       nil,
		"no module":   []byte("#!/bin/sh\n"),
		"no sections": program[:preamble],
		"torn":        program[:len(program)/2],
		"another Go":  bytes.Replace(program, magic[:], []byte{0xf0, 0xff, 0xff, 0xff, 0, 0, 1, 8}, 1),
	} {
		if _, err := slimmed(other); !errors.Is(err, errModule) && !errors.Is(err, errTables) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
