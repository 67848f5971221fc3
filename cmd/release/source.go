package main

import (
	"archive/tar"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// writeSource writes the files that git knows in root as a tar archive, compressed, in
// which they are below a folder. They are of nobody and of one time, and whether one may
// be run git says: the same source gives the same bytes, whoever has it.
func writeSource(out io.Writer, root, folder string, made time.Time) error {
	listed, err := git(root, "ls-files", "--stage", "-z")
	if err != nil {
		return err
	}
	packed, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(packed)
	for entry := range strings.SplitSeq(strings.TrimSuffix(listed, "\x00"), "\x00") {
		stage, name, _ := strings.Cut(entry, "\t") // mode, object and stage; path
		mode, known := map[string]int64{"100644": 0o644, "100755": 0o755}[stage[:min(6, len(stage))]]
		if !known {
			return fmt.Errorf("archive the source: %q is no plain file", name)
		}
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return fmt.Errorf("archive the source: %w", err)
		}
		header := &tar.Header{Name: path.Join(folder, name), Mode: mode, Size: int64(len(content)), ModTime: made, Format: tar.FormatPAX}
		if err := w.WriteHeader(header); err != nil {
			return err
		}
		if _, err := w.Write(content); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return packed.Close()
}
