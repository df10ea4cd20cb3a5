// Package label lays out what is printed around a parcel and renders it.
//
// A document (box label, device label, manifest, packing guidance) is laid out
// once, in millimetres, as pages of drawing items; a back end turns pages into
// PDF, SVG or dots. All back ends draw the same shaped glyphs from the same
// embedded fonts, so what the screen shows is what is printed, on every system.
//
// Three promises hold for every document. Text is never clipped: it shrinks and
// wraps down to a stated minimum, then fails with label.text_does_not_fit and the
// name of the element. No character is replaced by a box: one that no embedded
// font has fails with label.glyph_missing. Nothing is drawn on a QR code or in
// its quiet zone, and its modules are whole printer dots.
//
// A label is final only when the caller says so. Until the centre has given the
// work order a number and confirmed the return, every page carries a DRAFT mark
// and the code is one that no receiver takes for a packed box (R03, R15).
package label
