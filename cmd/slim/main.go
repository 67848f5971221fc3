// Command slim takes out of programs compiled to WebAssembly what only the print of a
// crash reads: of which line of which file an instruction is, which calls were inlined
// there, and where arguments lie. That is an eighth of a program, compressed, and is
// loaded at every start. The names of functions stay, so that a crash still says
// where. The same program gives the same bytes.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// known is the Go whose tables this knows: see table.go before it is raised.
const known = "go1.26"

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: slim PROGRAM.wasm ...")
		os.Exit(2)
	}
	for _, name := range os.Args[1:] {
		if err := rewrite(name); err != nil {
			fmt.Fprintf(os.Stderr, "slim: %s: %v\n", name, err)
			os.Exit(1)
		}
	}
}

func rewrite(name string) error {
	if !strings.HasPrefix(runtime.Version(), known) {
		return fmt.Errorf("it is compiled by %s, and only the tables of %s are known", runtime.Version(), known)
	}
	program, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	slim, err := slimmed(program)
	if err != nil {
		return err
	}
	return os.WriteFile(name, slim, 0o644)
}

// slimmed gives a program without what only the print of a crash reads.
func slimmed(program []byte) ([]byte, error) {
	m, err := read(program)
	if err != nil {
		return nil, err
	}
	t, err := find(m.memory)
	if err != nil {
		return nil, err
	}
	if err := t.slim(); err != nil {
		return nil, err
	}
	return m.bytes(), nil
}
