package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// errNoWindow is what a save finds before the window is there to ask from.
var errNoWindow = errors.New("the window is not up yet")

// save asks where a file goes, with the system's own dialog, and writes it
// there. The path is empty when the person thought better of it.
func (w *window) save(name string, content []byte) (path string, err error) {
	path, err = w.where(name)
	if err != nil || path == "" {
		return "", err
	}
	return path, os.WriteFile(path, content, 0o600)
}

// where asks only.
func (w *window) where(name string) (path string, err error) {
	w.mu.Lock()
	ctx := w.ctx
	w.mu.Unlock()
	if ctx == nil {
		return "", errNoWindow
	}
	return askWhere(ctx, name)
}

func askWhere(ctx context.Context, name string) (string, error) {
	ext := filepath.Ext(name)
	path, err := runtime.SaveFileDialog(ctx, runtime.SaveDialogOptions{
		Title:           name, // a name needs no translation
		DefaultFilename: name,
		Filters:         []runtime.FileFilter{{DisplayName: strings.ToUpper(strings.TrimPrefix(ext, ".")) + " (*" + ext + ")", Pattern: "*" + ext}},
	})
	if err != nil || path == "" {
		return "", err
	}
	if filepath.Ext(path) == "" {
		path += ext // GTK does not add it
	}
	return path, nil
}
