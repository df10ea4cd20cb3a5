package label

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
)

// PDF writes pages as PDF 1.7: vectors and subset fonts, nothing that depends
// on the reader's machine or on the day. It asks the reader not to scale.
type PDF struct {
	engine  *Engine
	title   string
	out     io.Writer
	sum     hash.Hash // of all written so far: the document's identity
	at      int64
	index   pdfIndex
	packing []byte // small objects to be written together, compressed
	packIDs []int  // of these objects
	packAt  []int  // where each begins
	pages   []uint32
	fonts   [len(fontNames)]*pdfFont
	content bytes.Buffer
	packed  bytes.Buffer
	zip     *zlib.Writer
	images  map[*Image]int // object of a picture: each is written once
	err     error          // the first that occurred; nothing is written after it
}

// Objects with fixed numbers, written last.
const (
	objCatalog = 1 + iota
	objPages
	objResources
	objInfo
	firstFree
)

// NewPDF begins a document.
func (e *Engine) NewPDF(w io.Writer, title string) *PDF {
	p := &PDF{engine: e, title: title, out: w, sum: sha256.New()}
	for range firstFree - 1 {
		p.object()
	}
	p.zip = zlib.NewWriter(&p.packed)
	p.print("%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n")
	return p
}

// WritePDF writes one document: whatever layOut gives to the back end.
func (e *Engine) WritePDF(w io.Writer, title string, layOut func(Backend) error) error {
	p := e.NewPDF(w, title)
	if err := layOut(p); err != nil {
		return err
	}
	return p.Close()
}

// Page implements Backend.
func (p *PDF) Page(page Page) error {
	if p.err != nil {
		return p.err
	}
	p.content.Reset()
	// From here on a unit is a millimetre and y runs downwards.
	fmt.Fprintf(&p.content, "%s 0 0 -%s 0 %s cm\n", num(72/25.4), num(72/25.4), num(page.H*72/25.4))
	if err := p.draw(page.Items); err != nil {
		return err
	}
	content := p.stream("", p.content.Bytes())
	p.pages = append(p.pages, uint32(p.pack(fmt.Appendf(nil, "<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R>>",
		objPages, num(page.W*72/25.4), num(page.H*72/25.4), content))))
	return p.err
}

// Close implements Backend: it writes the fonts, the page tree and the index.
func (p *PDF) Close() error {
	var fonts bytes.Buffer
	for id, f := range p.fonts {
		if f != nil {
			fmt.Fprintf(&fonts, "/F%d %d 0 R", id, p.writeFont(f))
		}
	}
	var images []byte
	for _, id := range slices.Sorted(maps.Values(p.images)) {
		images = fmt.Appendf(images, "/I%d %d 0 R", id, id)
	}
	p.begin(objResources)
	p.print("%d 0 obj\n<</Font<<%s>>/XObject<<%s>>>>\nendobj\n", objResources, fonts.Bytes(), images)

	p.begin(objPages)
	p.print("%d 0 obj\n<</Type/Pages/Count %d/Resources %d 0 R/Kids[", objPages, len(p.pages), objResources)
	for _, id := range p.pages {
		p.print("%d 0 R ", id)
	}
	p.print("]>>\nendobj\n")

	p.begin(objInfo)
	p.print("%d 0 obj\n<</Title %s/Producer(Hashmend)>>\nendobj\n", objInfo, textString(p.title))
	p.begin(objCatalog)
	p.print("%d 0 obj\n<</Type/Catalog/Pages %d 0 R/ViewerPreferences<</PrintScaling/None/PickTrayByPDFSize true/DisplayDocTitle true>>>>\nendobj\n", objCatalog, objPages)

	p.flushPack()
	p.writeIndex()
	return p.err
}

// picture writes a picture at its first use and answers its object.
func (p *PDF) picture(m *Image) int {
	if id, ok := p.images[m]; ok {
		return id
	}
	if p.images == nil {
		p.images = map[*Image]int{}
	}
	p.images[m] = p.stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8", m.W, m.H), m.Grey)
	return p.images[m]
}

// object begins a new object at the present place and answers its number.
func (p *PDF) object() int {
	return p.index.add(rowPlain, p.at, 0)
}

// begin records that a numbered object begins at the present place.
func (p *PDF) begin(id int) { p.index.set(id, rowPlain, p.at, 0) }

// mostPacked is how many small objects are compressed together. Memory holds no
// more of them, and a page alone would hardly compress.
const mostPacked = 100

// pack keeps a small object to be written with others, and answers its number.
func (p *PDF) pack(object []byte) int {
	id := p.index.add(rowPacked, 0, uint8(len(p.packIDs)))
	p.packIDs, p.packAt = append(p.packIDs, id), append(p.packAt, len(p.packing))
	p.packing = append(append(p.packing, object...), '\n')
	if len(p.packIDs) == mostPacked {
		p.flushPack()
	}
	return id
}

func (p *PDF) flushPack() {
	if len(p.packIDs) == 0 {
		return
	}
	var head []byte
	for i, id := range p.packIDs {
		head = fmt.Appendf(head, "%d %d ", id, p.packAt[i])
	}
	stream := p.stream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(p.packIDs), len(head)), append(head, p.packing...))
	for _, id := range p.packIDs {
		p.index.moved(id, stream)
	}
	p.packing, p.packIDs, p.packAt = p.packing[:0], p.packIDs[:0], p.packAt[:0]
}

// writeIndex writes where every object is, as a stream, and ends the file.
func (p *PDF) writeIndex() {
	id := fmt.Sprintf("%X", p.sum.Sum(nil)[:16])
	start, self := p.at, p.index.n+1
	rows := p.index.rows(start)
	p.stream(fmt.Sprintf("/Type/XRef/Size %d/W[1 5 1]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]", self+1, objCatalog, objInfo, id, id), rows)
	p.print("startxref\n%d\n%%%%EOF\n", start)
}

// stream writes a compressed stream object. dict is put into its dictionary.
func (p *PDF) stream(dict string, data []byte) int {
	p.packed.Reset()
	p.zip.Reset(&p.packed)
	if _, err := p.zip.Write(data); err != nil && p.err == nil {
		p.err = err
	}
	if err := p.zip.Close(); err != nil && p.err == nil {
		p.err = err
	}
	id := p.object()
	p.print("%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n", id, dict, p.packed.Len())
	p.write(p.packed.Bytes())
	p.print("\nendstream\nendobj\n")
	return id
}

func (p *PDF) print(format string, args ...any) { p.write(fmt.Appendf(nil, format, args...)) }

func (p *PDF) write(b []byte) {
	if p.err != nil {
		return
	}
	n, err := p.out.Write(b)
	p.at += int64(n)
	p.sum.Write(b)
	p.err = err
}

// textString is a PDF text string in UTF-16, as hexadecimal digits.
func textString(s string) string {
	return "<FEFF" + utf16Hex(s) + ">"
}
