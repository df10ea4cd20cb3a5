// Command fontprep prepares the fonts that labels are printed with.
//
//	go run ./build/fontprep           write backend/label/fonts/*.ttf when they are missing
//	go run ./build/fontprep -update   the same, and accept the result into SHA256SUMS
//
// It takes the Noto fonts (SIL Open Font License 1.1) from npm packages of
// pinned versions: from frontend/node_modules when they are installed there,
// else from build/cache/fonts, which it fills with npm pack. Every font must
// have the hash stated in sources.go. It leaves out hints and, of the Chinese
// font, the characters no label needs; the results must match SHA256SUMS, so
// that every build of a commit prints the same labels.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

func main() {
	update := flag.Bool("update", false, "accept the prepared fonts into SHA256SUMS")
	flag.Parse()
	if err := run(*update); err != nil {
		fmt.Fprintln(os.Stderr, "fontprep:", err)
		os.Exit(1)
	}
}

func run(update bool) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	dir := filepath.Join(root, "backend", "label", "fonts")
	sums, err := readSums(filepath.Join(dir, "SHA256SUMS"))
	if err != nil {
		return err
	}
	if !update && complete(dir, sums) {
		return nil
	}
	for _, s := range sources {
		data, err := s.read(root)
		if err != nil {
			return err
		}
		prepared, err := s.prepare(data)
		if err != nil {
			return fmt.Errorf("prepare %s: %w", s.file, err)
		}
		sum := hash(prepared)
		if !update && sums[s.file] != sum {
			return fmt.Errorf("%s came out as %s, but SHA256SUMS says %q; if the change is meant, run with -update and look at the labels", s.file, sum, sums[s.file])
		}
		sums[s.file] = sum
		if err := replace(filepath.Join(dir, s.file), prepared); err != nil {
			return err
		}
		fmt.Printf("fontprep: %s %d bytes\n", s.file, len(prepared))
	}
	if update {
		return writeSums(filepath.Join(dir, "SHA256SUMS"), sums)
	}
	return nil
}

// complete reports whether every font is there and is the one stated.
func complete(dir string, sums map[string]string) bool {
	for _, s := range sources {
		data, err := os.ReadFile(filepath.Join(dir, s.file))
		if err != nil || hash(data) != sums[s.file] {
			return false
		}
	}
	return true
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("run it inside the repository: no go.mod found upwards")
		}
		dir = up
	}
}

func readSums(path string) (map[string]string, error) {
	sums := map[string]string{}
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return sums, nil
	}
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if ok {
			sums[name] = sum
		}
	}
	return sums, nil
}

func writeSums(path string, sums map[string]string) error {
	names := make([]string, 0, len(sums))
	for _, s := range sources {
		names = append(names, s.file)
	}
	sort.Strings(names)
	var b bytes.Buffer
	for _, name := range names {
		fmt.Fprintf(&b, "%s  %s\n", sums[name], name)
	}
	return replace(path, b.Bytes())
}

// replace writes beside the file and renames, so that a build never embeds half
// a font.
func replace(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".fontprep-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(data); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := os.Chmod(tmp.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
