package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// farm is a small, messy list as a farm keeps it: a title, a header in the
// farm's words, a blank line, a total.
const farm = "Broken machines;;\n" +
	"S/N;Model;Problem\n" +
	"SMK0000A1X7;X16-Q;no hashrate\n" +
	" smk-0000-b2y8 ;x16 q pro;fan 2 dead\n" +
	";;\n" +
	"SMK0000C3Z9;X4-1U;high reject\n" +
	"Total: 3;;\n"

// journey is the customer's first hour in five steps, in the real window with
// its native dialogs: practise (done before), import a file, send, print, and
// see the answer of the centre, whose part is played by switching the role.
func (w *window) journey(ctx context.Context) []step {
	list := filepath.Join(w.dir, "farm.csv")
	pdf := filepath.Join(w.dir, "labels.pdf")
	number := ""
	return []step{
		{"a new work order is begun", func() error { return w.press(ctx, "New work order") }},
		{"a file is imported", func() error {
			if err := os.WriteFile(list, []byte(farm), 0o600); err != nil {
				return err
			}
			if err := w.press(ctx, "choose a file"); err != nil {
				return err
			}
			if err := w.answerDialog(ctx, list, "Open"); err != nil {
				return err
			}
			return w.shows(ctx, "3 devices can be sent")
		}},
		{"it is sent", func() error {
			if err := w.press(ctx, "Send order"); err != nil {
				return err
			}
			if err := w.shows(ctx, "They come home to"); err != nil {
				return err
			}
			if err := w.pressLast(ctx, "Send order"); err != nil {
				return err
			}
			var err error
			number, err = w.heading(ctx, numberPrefix) // its page opens once the undo time is over
			return err
		}},
		{"its labels are printed to a PDF", func() error {
			if err := w.press(ctx, "Labels and packing papers"); err != nil {
				return err
			}
			if err := w.press(ctx, "Save PDF"); err != nil {
				return err
			}
			if err := w.answerDialog(ctx, pdf, "Save"); err != nil {
				return err
			}
			return w.until(ctx, func() error { return pdfSays(ctx, pdf, numberPrefix) })
		}},
		{"the centre answers", func() error {
			for _, name := range []string{"Office", "Bench", "Diagnose", number} {
				if err := w.press(ctx, name); err != nil {
					return err
				}
			}
			// Another work order was open until now; its form has the same button.
			if err := w.until(ctx, func() error { return w.linked(ctx, number) }); err != nil {
				return err
			}
			return w.press(ctx, "Give the diagnosis")
		}},
		{"the answer is seen", func() error {
			for _, name := range []string{"Farm", "Work orders", number, "Pack by scan"} { // offered once the return is confirmed
				if err := w.press(ctx, name); err != nil {
					return err
				}
			}
			return w.shows(ctx, "Into box")
		}},
	}
}

// shows waits until something on the screen has the text in its name.
func (w *window) shows(ctx context.Context, text string) error {
	return w.until(ctx, func() error {
		nodes := w.tree.all(ctx)
		for _, n := range nodes {
			if strings.Contains(n.Name, text) {
				return nil
			}
		}
		return fmt.Errorf("nothing says %q; there is\n%s", text, describe(nodes))
	})
}

// linked reports whether a link has just this name: a page's way to its work order.
func (w *window) linked(ctx context.Context, name string) error {
	for _, n := range w.tree.all(ctx) {
		if n.Role == roleLink && n.Name == name {
			return nil
		}
	}
	return fmt.Errorf("no link says %q", name)
}

// heading waits for a heading that begins so, and gives all of it.
func (w *window) heading(ctx context.Context, prefix string) (found string, err error) {
	err = w.until(ctx, func() error {
		for _, n := range w.tree.all(ctx) {
			if n.Role == roleHeading && strings.HasPrefix(n.Name, prefix) {
				found = n.Name
				return nil
			}
		}
		return fmt.Errorf("no heading begins with %q", prefix)
	})
	return found, err
}

// pressLast presses the last thing of that name: a sheet lies over its page.
func (w *window) pressLast(ctx context.Context, name string) error {
	return w.until(ctx, func() error {
		var found *node
		for _, n := range w.tree.all(ctx) {
			if named(n, name) {
				found = &n
			}
		}
		if found == nil {
			return fmt.Errorf("there is no %q to press", name)
		}
		return w.tree.press(ctx, *found)
	})
}

// answerDialog gives the system's file dialog a path and presses its button, as
// a person does who knows where the file lies.
func (w *window) answerDialog(ctx context.Context, path, button string) error {
	if err := w.until(ctx, func() error {
		for _, n := range w.tree.all(ctx) {
			if n.Role == roleFileChooser {
				return nil
			}
		}
		return errors.New("no file dialog opened")
	}); err != nil {
		return err
	}
	// Ctrl+L brings the field for a path; only when it is there may one type.
	if err := xdotool(ctx, "key", "--clearmodifiers", "ctrl+l"); err != nil {
		return err
	}
	if err := w.until(ctx, func() error { return w.fill(ctx, path) }); err != nil {
		return err
	}
	// The dialog looks the path up on its own time and ignores the button before.
	return w.until(ctx, func() error {
		for _, n := range w.tree.all(ctx) {
			if n.Role != roleButton || n.Name != button {
				continue
			}
			if err := w.tree.press(ctx, n); err != nil {
				return err
			}
			return errors.New("the file dialog is still open")
		}
		return nil
	})
}

// fill writes the path into the field that the dialog shows.
func (w *window) fill(ctx context.Context, path string) error {
	for _, n := range w.tree.all(ctx) {
		if n.Role != roleText || !w.tree.is(ctx, n, editable, showing) {
			continue
		}
		if w.tree.write(ctx, n, path) == nil {
			return nil
		}
	}
	return errors.New("the file dialog has no field for a path")
}

func xdotool(ctx context.Context, args ...string) error {
	if out, err := exec.CommandContext(ctx, "xdotool", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("xdotool: %w: %s", err, out)
	}
	return nil
}

func pdfSays(ctx context.Context, name, text string) error {
	if _, err := os.Stat(name); err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, "pdftotext", name, "-").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if !strings.Contains(string(out), text) {
		return fmt.Errorf("the PDF does not say %q:\n%s", text, out)
	}
	return nil
}
