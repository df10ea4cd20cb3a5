package label

import (
	"errors"
	"fmt"
	"math"

	"hashmend/backend/repair"
)

// legible refuses words that nobody could read: over other words, or white on
// white paper.
func (c *compiler) legible(all []*drawable) {
	for i, d := range all {
		if d.Type != "text" {
			continue
		}
		if d.ink == Paper && !onInk(d, all) {
			c.fail(d.Name, "is white on white: nothing dark lies under it")
		}
		for _, other := range all[:i] {
			if other.Type == "text" && d.covers(other) && !exclusive(d.when, other.when) {
				c.fail(d.Name, "its words lie over those of %s", other.Name)
			}
		}
	}
}

// covers reports whether the words of two elements begin at one place. Boxes may
// share room, such as one that begins at the left and one that ends at the right.
func (e *drawable) covers(other *drawable) bool {
	if e.after >= 0 || other.after >= 0 || e.beside >= 0 || other.beside >= 0 || e.align != other.align || e.valign != other.valign {
		return false
	}
	w := min(e.box.Right(), other.box.Right()) - max(e.box.X, other.box.X)
	h := min(e.box.Bottom(), other.box.Bottom()) - max(e.box.Y, other.box.Y)
	if w <= 0 || h <= 0 {
		return false
	}
	same := math.Abs(e.box.X-other.box.X) < e.size && math.Abs(e.box.Y-other.box.Y) < e.size/2
	return same && 2*w*h > min(e.box.W*e.box.H, other.box.W*other.box.H)
}

// onInk reports whether something that is not words, and not white, lies under an
// element at the same time.
func onInk(d *drawable, all []*drawable) bool {
	if d.after >= 0 || d.beside >= 0 { // where it comes to lie is seen when it is drawn
		return true
	}
	for _, under := range all {
		switch under.Type {
		case "rect":
			if under.Stroke > 0 {
				continue
			}
		case "path", "picture", "mark":
		default:
			continue
		}
		if under.ink < Faint && under.box.Overlaps(d.box) && !exclusive(under.when, d.when) {
			return true
		}
	}
	return false
}

// wordsHaveGlyphs refuses a template whose own words no font can show: the rows
// of a table are not to blame for them.
func (e *Engine) wordsHaveGlyphs(t *Template, lang string) error {
	for _, d := range t.compiled.elements {
		if d.Type != "text" {
			continue
		}
		for _, piece := range append([]piece{{literal: d.Empty}}, d.wordsIn(lang)...) {
			if piece.field != "" {
				continue
			}
			_, err := e.shape(d.Name, piece.literal, d.bold)
			var lacks *repair.Error
			if errors.Is(err, ErrGlyphMissing) && errors.As(err, &lacks) {
				return ErrTemplate.With("template", t.ID, "element", d.Name,
					"problem", fmt.Sprintf("its words hold %s (%s), which no font of the labels has", lacks.Args["character"], lacks.Args["code_point"]))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
