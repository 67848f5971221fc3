package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// budget is how many bytes, compressed, a program may have: each megabyte costs
// 13 to 20 ms whenever it starts.
type budget struct {
	program string
	bytes   int
}

var budgets = []budget{
	{"popup.wasm", 950_000},
	{"backend.wasm", 1_400_000},
	{"demo.wasm", 1_900_000}, // loaded only when the demo organisation is used
}

// report prints the programs' sizes and fails if any is over its budget.
func report(log io.Writer, programs string) error {
	var over error
	for _, b := range budgets {
		raw, err := os.ReadFile(filepath.Join(programs, b.program))
		if err != nil {
			return err
		}
		packed, err := gzipped(raw)
		if err != nil {
			return err
		}
		fmt.Fprintf(log, "%-14s %9d bytes, %9d gzip (at most %d)\n", b.program, len(raw), packed, b.bytes)
		if packed > b.bytes {
			over = errors.Join(over, fmt.Errorf("%s has %d bytes gzip, over its budget of %d", b.program, packed, b.bytes))
		}
	}
	return over
}

func gzipped(raw []byte) (int, error) {
	var n counter
	w, err := gzip.NewWriterLevel(&n, gzip.BestCompression)
	if err != nil {
		return 0, err
	}
	if _, err := w.Write(raw); err != nil {
		return 0, err
	}
	if err := w.Close(); err != nil {
		return 0, err
	}
	return int(n), nil
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
