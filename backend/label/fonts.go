package label

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"

	"hashmend/backend/label/truetype"
)

//go:embed fonts
var fontFiles embed.FS

// fontNames is every embedded font; a face is known by its place in it.
var fontNames = [...]string{
	"NotoSans-Regular", "NotoSans-Bold",
	"NotoSansArabic-Regular", "NotoSansArabic-Bold",
	"NotoSansThai-Regular",
	"NotoSansSC-Regular", "NotoSansSC-Bold",
}

// chains say, per weight, which fonts are asked for a character, in order. Noto
// Sans comes first because the Chinese font lacks Cyrillic and Kazakh letters;
// a rare character in bold falls back to the regular weight.
var chains = [2][]int{
	{0, 2, 4, 5},
	{1, 3, 4, 6, 5},
}

// face is one font, loaded when the first character needs it.
type face struct {
	outlines *truetype.Font
	metrics  *font.Face // for the shaper, without outlines
}

// Engine holds the fonts and the caches. One serves the whole program; it is
// safe for concurrent use.
type Engine struct {
	files  fs.FS      // with fonts/
	mu     sync.Mutex // guards all below: faces and shaper are not concurrent
	faces  [len(fontNames)]*face
	shaper shaping.HarfbuzzShaper
	split  shaping.Segmenter
	shaped recent
	codes  map[codeKey]*Matrix

	library *Library
}

// Open finds the embedded fonts. It is cheap: a font is parsed on first use.
func Open() (*Engine, error) { return open(fontFiles) }

func open(files fs.FS) (*Engine, error) {
	for _, name := range fontNames {
		if _, err := fs.Stat(files, "fonts/"+name+".ttf"); err != nil {
			return nil, ErrFontsMissing.With("font", name).Because(err)
		}
	}
	e := &Engine{files: files, codes: map[codeKey]*Matrix{}, library: NewLibrary(nil)}
	e.shaper.SetFontCacheSize(len(fontNames)) // it forgets a font after each line otherwise, and reads it anew
	return e, nil
}

// Licence is the text that must travel with the fonts.
func Licence() string {
	text, err := fontFiles.ReadFile("fonts/OFL.txt")
	if err != nil {
		return ""
	}
	return string(text)
}

// face loads a font once. The caller holds mu.
func (e *Engine) face(id int) (*face, error) {
	if e.faces[id] != nil {
		return e.faces[id], nil
	}
	outlines, err := e.openFont("fonts/" + fontNames[id] + ".ttf")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrFontsMissing.With("font", fontNames[id]).Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", fontNames[id], err)
	}
	// The shaper would decode every outline at once, some 20,000 of them; it
	// needs none, so it gets the font without.
	tables := map[string][]byte{}
	for _, tag := range []string{"cmap", "head", "hhea", "hmtx", "maxp", "OS/2", "GDEF", "GSUB", "GPOS"} {
		if t := outlines.Table(tag); t != nil {
			tables[tag] = t
		}
	}
	// It counts a glyph without an outline as empty, and one that lies nowhere as
	// none at all.
	tables["loca"] = make([]byte, 4*(outlines.NumGlyphs()+1))
	metrics, err := font.ParseTTF(bytes.NewReader(truetype.Assemble(tables)))
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", fontNames[id], err)
	}
	e.faces[id] = &face{outlines, metrics}
	return e.faces[id], nil
}

// openFont leaves the outlines in the program's file: the Chinese font alone is
// larger than all else that a batch of labels needs.
func (e *Engine) openFont(name string) (*truetype.Font, error) {
	f, err := e.files.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if at, ok := f.(io.ReaderAt); ok { // embedded: nothing to close
		return truetype.Open(at, info.Size())
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return truetype.Parse(data)
}

// outlines is the font whose glyphs a shaped line names.
func (e *Engine) outlines(id int) *truetype.Font {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.faces[id].outlines // shaped, therefore loaded
}

// space is the glyph of a blank and its width in ems.
func (e *Engine) space(id int) (gid int, width float64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	f := e.faces[id]
	g, _ := f.metrics.NominalGlyph(' ')
	return int(g), float64(f.outlines.Advance(int(g))) / float64(f.outlines.UnitsPerEm())
}

// Templates is where the engine's own documents find their layout.
func (e *Engine) Templates() *Library {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.library
}

// UseTemplates lets a shop's own templates take the place of the shipped ones.
func (e *Engine) UseTemplates(l *Library) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.library = l
}
