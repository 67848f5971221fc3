// Command pack puts the extension together: the files of extension/, the
// compiled programs, Go's own loader and the licences of what is in them, as
// unpacked folders, one for each flavour, or as a zip of the release. The same
// input gives the same bytes.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"portico/internal/linked"
)

// packing says what an extension is made of, and where it goes.
type packing struct {
	source   string // folder of the extension's own files
	programs string // folder of the compiled programs
	goroot   string // of the toolchain that compiled them
	notices  string // the licences of what they link
	out      string // folder to write to
	zip      bool   // write the release as a zip too
}

func main() {
	var p packing
	flag.StringVar(&p.source, "source", "extension", "folder of the extension's own files")
	flag.StringVar(&p.programs, "programs", "build/wasm", "folder of the compiled programs")
	flag.StringVar(&p.goroot, "goroot", "", "folder of the toolchain that compiled the programs (required)")
	flag.StringVar(&p.out, "out", "build", "folder to write to")
	flag.BoolVar(&p.zip, "zip", false, "write the release as a zip too")
	flag.Parse()
	if p.goroot == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := p.make(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

// make packs what the module in this folder was compiled to, and leaves beside it
// what it was made from, for the end-to-end tests to know a stale one.
func (p packing) make(log io.Writer) (err error) {
	if p.notices, err = linked.Notices(p.goroot, "."); err != nil {
		return err
	}
	sources, err := linked.Sources(p.goroot, ".")
	if err != nil {
		return err
	}
	if err := p.run(log); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.out, linked.SourcesFile), sources, 0o644)
}

func (p packing) run(log io.Writer) error {
	if err := report(log, p.programs); err != nil {
		return err
	}
	for _, f := range flavours {
		if err := p.pack(log, f); err != nil {
			return fmt.Errorf("%s: %w", f.folder, err)
		}
	}
	return nil
}

func (p packing) pack(log io.Writer, f flavour) error {
	files, err := p.collect(f)
	if err != nil {
		return err
	}
	folder := filepath.Join(p.out, f.folder)
	if err := writeFolder(folder, files); err != nil {
		return err
	}
	fmt.Fprintf(log, "%-28s %d files\n", folder, len(files))
	if !p.zip || f.loopback {
		return nil
	}
	var packed bytes.Buffer
	if err := writeZip(&packed, files); err != nil {
		return err
	}
	name := filepath.Join(p.out, "portico-"+f.folder+".zip")
	fmt.Fprintf(log, "%-28s %d bytes\n", name, packed.Len())
	return os.WriteFile(name, packed.Bytes(), 0o644)
}
