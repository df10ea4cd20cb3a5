// Package app is what the window can ask for. Each bound struct is one file and
// one feature of the front end: thin, it turns a deed of the desk into plain
// data. The same structs answer a browser through app/webdesk.
//
// A bound method takes no context, returns data or (data, error), and starts
// with
//
//	defer settle(&err)
//
// because a panic there would leave the page waiting for ever. Results hold
// strings, whole numbers, booleans, lists and structs only: the window's bridge
// ends the program on a number that JSON cannot write.
package app

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"hashmend/backend/datadir"
)

// Config is what main decides. Dir is required.
type Config struct {
	Version string
	Dir     string            // the data folder
	Now     func() time.Time  // nil is the clock of this PC
	HTTP    http.RoundTripper // to the centre; nil is the usual way
}

// App is the running program behind a window, a browser or a terminal.
type App struct {
	Config
	Events *Events

	// Save asks where a file goes and writes it there. The window sets it; without
	// it a file is offered at a URL under LocalPrefix.
	Save func(name string, content []byte) (path string, err error)

	// Where asks for the place of a file that is too large for Save; "" when the
	// person thought better of it. The window sets it.
	Where func(name string) (path string, err error)

	// Raise brings the window to the front. The window sets it; it may be nil.
	Raise func()

	opened <-chan struct{}       // closed when what follows stands
	folder *datadir.Folder       // nil when the program was refused
	inside atomic.Pointer[house] // nil when the program was refused
	moving sync.Mutex            // one change of the house at a time
	local  *http.ServeMux
	system *System
}

// Open takes the data folder and wires the program. What it returns is ready.
func Open(cfg Config) (*App, error) {
	a, err := Begin(cfg)
	if err != nil {
		return nil, err
	}
	if err := a.Opened(); err != nil {
		return nil, err
	}
	return a, nil
}

// Begin takes the data folder and opens what lies in it beside what the caller
// does next: a window takes as long to come up. Whatever the page asks meanwhile
// waits for it. A program that could not open says why to whoever asks.
func Begin(cfg Config) (*App, error) {
	a := bare(cfg)
	if generating {
		return a, nil
	}
	folder, err := datadir.Take(cfg.Dir)
	if err != nil {
		return nil, err
	}
	a.folder, a.Dir = folder, folder.Dir
	opened := make(chan struct{})
	a.opened = opened
	go func() {
		defer close(opened)
		h, err := openHouse(context.Background(), a)
		if err != nil {
			a.folder = nil
			a.system.failure = errors.Join(err, folder.Release())
			return
		}
		a.inside.Store(h)
	}()
	return a, nil
}

// Opened waits until the data is open, and says why it is not.
func (a *App) Opened() error {
	<-a.opened
	return a.system.failure
}

// Refused is the program when Open failed: a page that says why, and nothing
// that could touch the data.
func Refused(cfg Config, err error) *App {
	a := bare(cfg)
	a.system.failure = err
	return a
}

func bare(cfg Config) *App {
	if abs, err := filepath.Abs(cfg.Dir); err == nil {
		cfg.Dir = abs
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	opened := make(chan struct{})
	close(opened)
	a := &App{Config: cfg, Events: NewEvents(), local: http.NewServeMux(), opened: opened}
	a.system = &System{app: a}
	a.routes()
	return a
}

// Bound lists what the page may call.
func (a *App) Bound() []any {
	return []any{
		a.system, &Start{a}, &Orders{a}, &Drafts{a}, &Packing{a}, &Labels{a}, &Templates{a}, &Quotes{a},
		&Payments{a}, &Tracking{a}, &Needs{a}, &Bench{a}, &Sync{a}, &Settings{a}, &Data{a},
	}
}

// Close stops what runs and gives the data folder back. It may be called twice.
func (a *App) Close() error {
	<-a.opened
	if a.folder == nil {
		return nil
	}
	folder := a.folder
	a.folder = nil
	a.moving.Lock()
	defer a.moving.Unlock()
	return errors.Join(a.inside.Load().close(), folder.Release())
}
