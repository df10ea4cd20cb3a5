package app

import (
	"bytes"
	"context"
	"errors"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"hashmend/backend/atomicfile"
	"hashmend/backend/printer"
)

// queuePrefix begins the id of a printer that is a queue of this PC.
const queuePrefix = "queue:"

// toQueue gives a document to a queue. It is given once: printing twice is worse
// than asking.
func toQueue(ctx context.Context, job printJob, id string) error {
	name, is := strings.CutPrefix(id, queuePrefix)
	if !is || name == "" {
		return errPrinterUnknown.With("printer", id)
	}
	pdf, err := job.pdf()
	if err != nil {
		return err
	}
	err = printer.PrintPDF(ctx, printer.Job{Queue: name, Title: job.title, Copies: 1}, bytes.NewReader(pdf))
	switch {
	case err == nil:
		return nil
	case errors.Is(err, printer.ErrNoQueues):
		return errNoPrinterSystem.Because(err)
	}
	return errPrinterRefused.With("printer", name).Because(err)
}

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
