package label

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// Shaped is one line of text turned into positioned glyphs, at size one: all
// measures are in ems. It is never changed once made.
type Shaped struct {
	Text   string
	Width  float64
	Glyphs []Glyph // in visual order, left to right
}

// Glyph is one glyph of a line. Text is what it stands for, for extraction: the
// whole cluster on the letter, which comes first, and nothing on its marks.
type Glyph struct {
	Face, ID   int
	Advance    float64
	OffX, OffY float64 // y upwards
	Text       string
}

type shapeKey struct {
	text string
	bold bool
}

// recent keeps lines that were shaped. A batch repeats its captions on every page
// and its serial numbers never: what is not asked for again is forgotten when a
// generation is full, what is asked for moves on to the next.
type recent struct{ young, old map[shapeKey]*Shaped }

// maxShaped bounds one generation.
const maxShaped = 512

func (c *recent) find(key shapeKey) *Shaped {
	if s := c.young[key]; s != nil {
		return s
	}
	s := c.old[key]
	if s != nil {
		c.keep(key, s)
	}
	return s
}

func (c *recent) keep(key shapeKey, s *Shaped) {
	if len(c.young) >= maxShaped || c.young == nil {
		if c.old != nil {
			clear(c.old)
		} else {
			c.old = make(map[shapeKey]*Shaped, maxShaped)
		}
		c.old, c.young = c.young, c.old
	}
	c.young[key] = s
}

// shape lays one line of text in glyphs. element names it in errors.
func (e *Engine) shape(element, text string, bold bool) (*Shaped, error) {
	text = clean(text)
	e.mu.Lock()
	defer e.mu.Unlock()
	key := shapeKey{text, bold}
	if s := e.shaped.find(key); s != nil {
		return s, nil
	}
	s, err := e.shapeLine(element, text, bold)
	if err != nil {
		return nil, err
	}
	e.shaped.keep(key, s)
	return s, nil
}

func (e *Engine) shapeLine(element, text string, bold bool) (*Shaped, error) {
	chain := chains[0]
	if bold {
		chain = chains[1]
	}
	runes := []rune(text)
	if len(runes) == 0 {
		return &Shaped{}, nil
	}
	fonts := &chainMap{engine: e, chain: chain, ids: map[*font.Face]int{}}
	inputs := e.split.Split(shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: direction(runes),
		Size: fixed.I(1000), Language: language.NewLanguage("zh-Hans"),
	}, fonts)
	if fonts.err != nil {
		return nil, fonts.err
	}
	s := &Shaped{Text: text}
	outs := make([]shaping.Output, len(inputs))
	for i, in := range inputs {
		in.Size = fixed.I(int(in.Face.Upem()))
		outs[i] = e.shaper.Shape(in)
	}
	for _, out := range visualOrder(outs, runes, direction(runes)) {
		id, upem := fonts.ids[out.Face], float64(out.Face.Upem())
		em := func(v fixed.Int26_6) float64 { return float64(v) / 64 / upem }
		for i := 0; i < len(out.Glyphs); i += out.Glyphs[i].GlyphCount {
			from := len(s.Glyphs)
			text := string(runes[out.Glyphs[i].ClusterIndex : out.Glyphs[i].ClusterIndex+out.Glyphs[i].RuneCount])
			for _, g := range out.Glyphs[i : i+out.Glyphs[i].GlyphCount] {
				if g.GlyphID == 0 || text == lost {
					return nil, missing(element, text)
				}
				s.Glyphs = append(s.Glyphs, Glyph{Face: id, ID: int(g.GlyphID), Advance: em(g.XAdvance), OffX: em(g.XOffset), OffY: em(g.YOffset)})
				s.Width += em(g.XAdvance)
			}
			baseFirst(s.Glyphs[from:])
			s.Glyphs[from].Text = text
		}
	}
	return s, nil
}

// baseFirst moves the widest glyph of a cluster, the letter, before its marks
// and leaves every glyph where it stands on paper. Right-to-left text has the
// marks first, which would make the letter's place that of a dot.
func baseFirst(cluster []Glyph) {
	base := 0
	for i, g := range cluster {
		if g.Advance > cluster[base].Advance {
			base = i
		}
	}
	for ; base > 0; base-- {
		mark, letter := cluster[base-1], cluster[base]
		letter.OffX += mark.Advance
		mark.OffX -= letter.Advance
		cluster[base-1], cluster[base] = letter, mark
	}
}

func missing(element, cluster string) error {
	r := []rune(cluster)
	return ErrGlyphMissing.With("element", element, "character", cluster, "code_point", fmt.Sprintf("U+%04X", r[0]))
}

// lost stands for bytes that were no text. Fonts have a sign for it, a label may
// not show it.
const lost = "\uFFFD"

// chainMap answers which face of a chain has a character.
type chainMap struct {
	engine *Engine
	chain  []int
	ids    map[*font.Face]int
	err    error
}

// ResolveFace implements shaping.Fontmap. The first face stands in for a
// character that none has; its glyph 0 is found out after shaping.
func (m *chainMap) ResolveFace(r rune) *font.Face {
	var first *font.Face
	for _, id := range m.chain {
		f, err := m.engine.face(id)
		if err != nil {
			m.err = err
			continue
		}
		m.ids[f.metrics] = id
		if first == nil {
			first = f.metrics
		}
		if _, ok := f.metrics.NominalGlyph(r); ok {
			return f.metrics
		}
	}
	return first
}

// direction is that of the first strong letter.
func direction(text []rune) di.Direction {
	for _, r := range text {
		if unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana) {
			return di.DirectionRTL
		}
		if unicode.IsLetter(r) {
			break
		}
	}
	return di.DirectionLTR
}

// visualOrder sorts the runs of one line as they stand on paper. Only a line
// with right-to-left runs differs from the order of reading.
func visualOrder(outs []shaping.Output, text []rune, paragraph di.Direction) []shaping.Output {
	mixed := false
	for _, out := range outs {
		mixed = mixed || out.Direction == di.DirectionRTL
	}
	if !mixed {
		return outs
	}
	var wrapper shaping.LineWrapper
	config := shaping.WrapConfig{Direction: paragraph, DisableTrailingWhitespaceTrim: true}
	lines, _ := wrapper.WrapParagraph(config, math.MaxInt32/64, text, shaping.NewSliceIterator(outs))
	var line []shaping.Output
	for _, l := range lines { // one, as wide as it needs
		line = append(line, l...)
	}
	sort.SliceStable(line, func(i, j int) bool { return line[i].VisualIndex < line[j].VisualIndex })
	return line
}

// clean makes one line of what was typed: composed characters, every control
// and line break a space, invisible marks left out. Joiners stay, Persian needs
// them; direction overrides go, for they could show a name that is not there.
func clean(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, lost))
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || r == '\u200d':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r), unicode.Is(unicode.Zs, r) && r != '\u3000':
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }), " ")
}
