package keyring

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"hashmend/backend/atomicfile"
)

// secretFile is the explicit fallback: a JSON object of names and secrets that
// only its owner may read. Use fileIn.
type secretFile struct {
	path string
	mu   *sync.Mutex
}

func fileIn(dir string) secretFile {
	return secretFile{path: filepath.Join(dir, "secrets.json"), mu: new(sync.Mutex)}
}

func (f secretFile) get(name string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if err != nil {
		return "", err
	}
	secret, known := all[name]
	if !known {
		return "", ErrNotFound.With("name", name)
	}
	return secret, nil
}

func (f secretFile) set(name, secret string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if err != nil {
		return err
	}
	all[name] = secret
	return f.write(all)
}

func (f secretFile) remove(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if err != nil {
		return err
	}
	if _, known := all[name]; !known {
		return nil
	}
	delete(all, name)
	return f.write(all)
}

// read gives what the file holds; nothing where there is none. A file that
// cannot be understood is an error and stays: missing is not damaged.
func (f secretFile) read() (map[string]string, error) {
	all := map[string]string{}
	text, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		return nil, ErrUnavailable.With("file", f.path).Because(err)
	}
	return all, nil
}

func (f secretFile) write(all map[string]string) error {
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if err := atomicfile.Write(f.path, append(text, '\n'), 0o600); err != nil {
		return ErrUnavailable.With("file", f.path).Because(fmt.Errorf("keep a secret: %w", err))
	}
	return nil
}
