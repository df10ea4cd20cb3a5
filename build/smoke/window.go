package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// window is the program while it runs, in a data folder of its own.
type window struct {
	tree *tree
	dir  string
	cmd  *exec.Cmd
	ends chan error // the program's end, once
}

func open(ctx context.Context, program string) (*window, error) {
	dir, err := os.MkdirTemp("", "hashmend-smoke-")
	if err != nil {
		return nil, err
	}
	w := &window{dir: dir, ends: make(chan error, 1)}
	w.cmd = exec.CommandContext(ctx, program, "--data", filepath.Join(dir, "data"))
	w.cmd.Env = append(os.Environ(), "HASHMEND_PAINTED="+w.paintedFile(), "LANG=en_US.UTF-8")
	w.cmd.Stderr = os.Stderr
	if err := w.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { w.ends <- w.cmd.Wait() }()
	if w.tree, err = openTree(); err != nil {
		w.kill()
		return nil, err
	}
	return w, nil
}

func (w *window) kill() {
	_ = w.cmd.Process.Kill()
	if w.tree != nil {
		w.tree.close()
	}
	_ = os.RemoveAll(w.dir)
}

func (w *window) paintedFile() string { return filepath.Join(w.dir, "painted.json") }

// until asks again and again whether something is so. What is not so yet is the
// error when time is up or the program is gone.
func (w *window) until(ctx context.Context, so func() error) error {
	ctx, cancel := context.WithTimeout(ctx, patience/2)
	defer cancel()
	for {
		err := so()
		if err == nil {
			return nil
		}
		select {
		case end := <-w.ends:
			w.ends <- end
			return fmt.Errorf("the program ended (%v) before: %w", end, err)
		case <-ctx.Done():
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// page is what the page says it shows, once a person can see it.
type page struct {
	Page   string `json:"page"`
	Orders int    `json:"orders"`
}

func (w *window) page() (page, error) {
	text, err := os.ReadFile(w.paintedFile())
	if err != nil {
		return page{}, errors.New("no page has painted")
	}
	var p page
	return p, json.Unmarshal(text, &p)
}

// painted waits until the named page can be seen.
func (w *window) painted(ctx context.Context, name string) error {
	return w.until(ctx, func() error {
		p, err := w.page()
		if err == nil && p.Page != name {
			err = fmt.Errorf("the page is %q, not %q", p.Page, name)
		}
		return err
	})
}

// press finds a button or a link by its name, which a count may follow, and
// presses it.
func (w *window) press(ctx context.Context, name string) error {
	return w.until(ctx, func() error {
		nodes := w.tree.all(ctx)
		for _, n := range nodes {
			if named(n, name) {
				return w.tree.press(ctx, n)
			}
		}
		return fmt.Errorf("there is no %q to press; there is\n%s", name, describe(nodes))
	})
}

// named reports whether a person could press the node by that name.
func named(n node, name string) bool {
	return (n.Name == name || strings.HasPrefix(n.Name, name+" ")) && (n.Role == roleButton || n.Role == roleLink || n.Role == roleRadio)
}

// secondStart starts the program on the same folder: it must end by itself and
// leave the first one as it was.
func (w *window) secondStart(ctx context.Context, program string) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	second := exec.CommandContext(ctx, program, "--data", filepath.Join(w.dir, "data"))
	_ = second.Run() // it says no with its exit status
	if ctx.Err() != nil {
		return errors.New("it stays")
	}
	select {
	case end := <-w.ends:
		w.ends <- end
		return fmt.Errorf("the first one ended: %v", end)
	default:
		return nil
	}
}

// close does what the title bar's cross does.
func (w *window) close(ctx context.Context) error {
	id, err := exec.CommandContext(ctx, "xdotool", "search", "--onlyvisible", "--name", "^Hashmend$").Output()
	if err != nil {
		return fmt.Errorf("find the window: %w", err)
	}
	if len(id) == 0 {
		return errors.New("there is no window")
	}
	if err := exec.CommandContext(ctx, "xdotool", "search", "--onlyvisible", "--name", "^Hashmend$", "windowfocus", "--sync", "key", "--clearmodifiers", "alt+F4").Run(); err != nil {
		return fmt.Errorf("close the window: %w", err)
	}
	select {
	case err := <-w.ends:
		w.ends <- err
		return err // nil is exit status 0
	case <-time.After(20 * time.Second):
		return errors.New("it is still there after 20 s")
	}
}

func screenshot(ctx context.Context, name string) error {
	text, err := exec.CommandContext(ctx, "import", "-window", "root", name).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, text)
	}
	return nil
}
