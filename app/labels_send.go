package app

import (
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"hashmend/backend/atomicfile"
)

// view opens a PDF in the system's viewer. It lies in the data folder, where the
// next one of the same name replaces it.
func (a *App) view(name string, pdf []byte) (path string, err error) {
	dir := filepath.Join(a.Dir, "printed")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", errNotSaved.With("name", name).Because(err)
	}
	path = filepath.Join(dir, filepath.Base(name))
	if err := atomicfile.Write(path, pdf, 0o600); err != nil {
		return "", errNotSaved.With("name", name).Because(err)
	}
	viewer := viewerOf(path)
	if err := viewer.Start(); err != nil {
		return path, errNoViewer.With("path", path).Because(err)
	}
	go func() {
		if err := viewer.Wait(); err != nil {
			log.Printf("viewer: %v", err)
		}
	}()
	return path, nil
}

// viewerOf is how this system opens a file with its own program.
func viewerOf(path string) *exec.Cmd {
	switch runtime.GOOS {
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", path)
	case "darwin":
		return exec.Command("open", path)
	}
	return exec.Command("xdg-open", path)
}
