package keyring

import (
	"errors"
	"sync"
	"time"

	system "github.com/zalando/go-keyring"

	"hashmend/backend/repair"
)

// service is the name under which the keychain shows our secrets.
const service = "Hashmend"

// patience is how long the keychain may take. A locked one may wait for a
// password that nobody is there to type.
const patience = 3 * time.Second

// What may happen to a secret.
var (
	// ErrNotFound means that no such secret was kept.
	ErrNotFound = &repair.Error{Kind: repair.NotFound, Code: "keyring.not_found"}
	// ErrUnavailable means that the keychain did not answer: the secret may be in it.
	ErrUnavailable = &repair.Error{Kind: repair.Unavailable, Code: "keyring.unavailable"}
)

// Place is where a secret is kept.
type Place string

// Places.
const (
	Keychain Place = "keychain" // of the operating system
	File     Place = "file"     // in the data folder, for its owner's eyes
)

// Store keeps secrets by name. Use Open.
type Store struct {
	file     secretFile
	fileOnly bool
	patience time.Duration

	mu     sync.Mutex
	silent bool // the keychain did not answer once: it is not asked again
}

// Open returns the store of a data folder. It touches nothing yet.
func Open(dir string) *Store {
	return &Store{file: fileIn(dir), patience: patience}
}

// FileOnly returns a store that never asks the keychain: for secrets that open
// nothing but this folder's own practice centre.
func FileOnly(dir string) *Store {
	return &Store{file: fileIn(dir), fileOnly: true}
}

// Set keeps a secret and says where. A later Set of the same name replaces it.
func (s *Store) Set(name, secret string) (Place, error) {
	err := s.ask(func() error { return system.Set(service, name, secret) })
	if err == nil {
		// An older copy in the file would win over the new one at the next Get.
		return Keychain, s.file.remove(name)
	}
	return File, s.file.set(name, secret)
}

// Get gives a secret and where it was.
func (s *Store) Get(name string) (string, Place, error) {
	secret, err := s.file.get(name)
	if err == nil {
		return secret, File, nil
	}
	if !errors.Is(err, ErrNotFound) {
		return "", "", err
	}
	var found string
	err = s.ask(func() (err error) {
		found, err = system.Get(service, name)
		return err
	})
	switch {
	case err == nil:
		return found, Keychain, nil
	case errors.Is(err, system.ErrNotFound), errors.Is(err, errFileOnly):
		return "", "", ErrNotFound.With("name", name)
	}
	return "", "", ErrUnavailable.With("name", name).Because(err)
}

// Delete forgets a secret, wherever it is. It is no error when there is none.
func (s *Store) Delete(name string) error {
	if err := s.file.remove(name); err != nil {
		return err
	}
	err := s.ask(func() error { return system.Delete(service, name) })
	if err == nil || errors.Is(err, system.ErrNotFound) || errors.Is(err, errFileOnly) {
		return nil
	}
	return ErrUnavailable.With("name", name).Because(err)
}

var (
	errFileOnly = errors.New("this store does not use the keychain")
	errSilent   = errors.New("the keychain did not answer in time")
)

// ask asks the keychain and waits as long as patience allows. A keychain that
// stayed silent once is not asked again: each further question would cost as long.
func (s *Store) ask(question func() error) error {
	if s.fileOnly {
		return errFileOnly
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.silent {
		return errSilent
	}
	answer := make(chan error, 1)
	go func() { answer <- question() }()
	timer := time.NewTimer(s.patience)
	defer timer.Stop()
	select {
	case err := <-answer:
		return err
	case <-timer.C:
		s.silent = true
		return errSilent
	}
}
