package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"log"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	wails_runtime "github.com/wailsapp/wails/v2/pkg/runtime"
)

// ErrNoDisplay says that there is no screen to open a window on.
var ErrNoDisplay = errors.New("no display for a window; --webdesk serves the same program to a browser")

// showAtLast is when the window shows even if its page never said it is ready:
// an empty window can be closed, an invisible one cannot.
const showAtLast = 5 * time.Second

// Window shows the program in a window of its own and returns when the person
// closes it. It closes the program too.
func (a *App) Window(files fs.FS) error {
	defer func() {
		if err := a.Close(); err != nil {
			log.Printf("close: %v", err)
		}
	}()
	if err := prepareWindow(); err != nil && !generating {
		return err
	}
	return wails.Run(a.windowOptions(files))
}

func (a *App) windowOptions(files fs.FS) *options.App {
	look := readLook(a.Dir)
	w := &window{app: a}
	a.Save, a.Where, a.Raise = w.save, w.where, w.raise
	state := options.Normal
	if look.Maximised {
		state = options.Maximised
	}
	return &options.App{
		Title:            "Hashmend",
		Width:            look.Width,
		Height:           look.Height,
		MinWidth:         minWidth,
		MinHeight:        minHeight,
		WindowStartState: state,
		StartHidden:      true, // shown when the page is there: no white flash
		Menu:             windowMenu(),
		AssetServer: &assetserver.Options{Assets: files, Middleware: func(next http.Handler) http.Handler {
			return a.middleware(files, next)
		}},
		Bind:           a.Bound(),
		ErrorFormatter: FormatError,
		OnStartup:      w.started,
		OnDomReady:     w.ready,
		OnBeforeClose:  w.closing,
		// The data folder's own lock decides who may run, and its socket raises
		// the window that does. This one serves where a socket cannot be.
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId:               instanceID(a.Dir),
			OnSecondInstanceLaunch: func(options.SecondInstanceData) { w.raise() },
		},
		// Without Linux options Wails would let the page ask for the GPU.
		Linux: &linux.Options{ProgramName: "hashmend", WebviewGpuPolicy: gpuPolicies[look.GPU]},
	}
}

// window is the life of one window. It learns its context when Wails starts it.
type window struct {
	app  *App
	show sync.Once

	mu  sync.Mutex
	ctx context.Context
}

func (w *window) started(ctx context.Context) {
	w.mu.Lock()
	w.ctx = ctx
	w.mu.Unlock()
	events, _, cancel := w.app.Events.Subscribe()
	context.AfterFunc(ctx, cancel)
	go func() {
		for e := range events {
			wails_runtime.EventsEmit(ctx, e.Name, e)
		}
	}()
	time.AfterFunc(showAtLast, func() { w.ready(ctx) })
}

// ready runs at every reload of the page too, on the goroutine that carries all
// calls: it must not wait.
func (w *window) ready(ctx context.Context) {
	w.show.Do(func() { wails_runtime.WindowShow(ctx) })
}

func (w *window) closing(ctx context.Context) (prevent bool) {
	if w.app.Opened() != nil {
		return false // the folder is somebody else's
	}
	look := readLook(w.app.Dir) // its GPU may have been chosen meanwhile
	look.Maximised = wails_runtime.WindowIsMaximised(ctx)
	if !look.Maximised {
		look.Width, look.Height = wails_runtime.WindowGetSize(ctx)
	}
	if err := writeLook(w.app.Dir, look); err != nil {
		log.Printf("window.json: %v", err)
	}
	return false
}

// raise answers a second start of the program: it wanted this window.
func (w *window) raise() {
	w.mu.Lock()
	ctx := w.ctx
	w.mu.Unlock()
	if ctx == nil {
		return // not up yet; it will be in a moment
	}
	wails_runtime.WindowUnminimise(ctx)
	wails_runtime.WindowShow(ctx)
}

// instanceID tells windows of one data folder from those of another.
func instanceID(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return "hashmend." + hex.EncodeToString(sum[:8])
}

// windowMenu exists for macOS, where copy and paste work through it only.
func windowMenu() *menu.Menu {
	if runtime.GOOS != "darwin" {
		return nil
	}
	return menu.NewMenuFromItems(menu.AppMenu(), menu.EditMenu(), menu.WindowMenu())
}
