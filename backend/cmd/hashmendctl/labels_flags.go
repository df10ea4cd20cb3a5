package main

import (
	"slices"
	"strings"
)

// languages are those of the shipped labels. A shop's own template may have more.
var languages = []string{"en", "zh", "ru", "es", "ar"}

func (f labelFlags) spoken() bool {
	base, _, _ := strings.Cut(f.language, "-")
	return slices.Contains(languages, base)
}

func (f labelFlags) noLanguage() error {
	return usageError{"no labels in the language " + f.language + "; --language is en, zh-CN, ru, es or ar"}
}

// unused refuses flags that would change nothing: who gives one believes that it
// does.
func (f labelFlags) unused(names []string, why string) error {
	for _, name := range names {
		if slices.Contains(f.given, name) {
			return usageError{"--" + name + " " + why}
		}
	}
	return nil
}

// fitsOrder refuses what the labels of a work order do not ask.
func (f labelFlags) fitsOrder() error {
	if !f.spoken() {
		return f.noLanguage()
	}
	if err := f.unused([]string{"draft"}, "is for a table: whether a work order is a draft, the centre decides"); err != nil {
		return err
	}
	if err := f.unused([]string{"template", "columns", "templates"}, "is for a table, with --csv: a work order has labels of its own"); err != nil {
		return err
	}
	if f.document != "sheet" {
		if err := f.unused([]string{"stock", "start"}, "is for --document sheet, not "+f.document); err != nil {
			return err
		}
	}
	return f.fitsPrinter()
}

// fitsTable refuses what the labels of a table do not ask.
func (f labelFlags) fitsTable() error {
	if err := f.unused([]string{"document"}, "is for a work order: a table has --template"); err != nil {
		return err
	}
	if f.stock == "" {
		if err := f.unused([]string{"start"}, "needs --stock, the sheet that it counts on"); err != nil {
			return err
		}
	}
	return f.fitsPrinter()
}

// fitsPrinter refuses a printer's settings where no printer's language is written.
func (f labelFlags) fitsPrinter() error {
	ending := f.ending()
	if ending != ".pdf" && ending != ".svg" {
		return nil
	}
	return f.unused([]string{"dpi", "rotate", "darkness", "speed", "hex"}, "is for a label printer: --out ends in .zpl or .tspl then")
}
