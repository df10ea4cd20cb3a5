package intake

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// checkComplete makes sure that the library reached the last row of the sheet:
// it stops without a word at a byte that XML does not allow, and would put rows
// that stand out of order into one. line is the last one it gave.
func (w *workbook) checkComplete(sheet string, line int) error {
	part := w.openPart(sheet)
	if part == nil {
		return nil
	}
	defer part.Close() //nolint:errcheck // it was only read
	found, err := scanRows(part)
	if err != nil {
		return ErrDamagedFile.With("sheet", sheet).Because(err)
	}
	if !found.ordered || found.last > line || line > 0 && !found.ends {
		return ErrDamagedFile.With("sheet", sheet, "line", strconv.Itoa(line+1))
	}
	return nil
}

// openPart opens the XML of a sheet, or gives nil where the workbook has it in
// an unusual place.
func (w *workbook) openPart(sheet string) io.ReadCloser {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if !w.decodePart("xl/workbook.xml", &book) || !w.decodePart("xl/_rels/workbook.xml.rels", &rels) {
		return nil
	}
	for _, s := range book.Sheets {
		if s.Name != sheet {
			continue
		}
		for _, r := range rels.List {
			if r.ID != s.ID {
				continue
			}
			name := path.Join("xl", r.Target)
			if strings.HasPrefix(r.Target, "/") {
				name = r.Target[1:]
			}
			return w.open(name)
		}
	}
	return nil
}

func (w *workbook) open(name string) io.ReadCloser {
	if unpacked, ok := w.book.Pkg.Load(name); ok { // all but big sheets are in memory already
		if b, ok := unpacked.([]byte); ok && len(b) > 0 {
			return io.NopCloser(bytes.NewReader(b))
		}
	}
	for _, f := range w.zip.File {
		if strings.EqualFold(f.Name, name) {
			if r, err := f.Open(); err == nil {
				return r
			}
		}
	}
	return nil
}

func (w *workbook) decodePart(name string, into any) bool {
	r := w.open(name)
	if r == nil {
		return false
	}
	defer r.Close() //nolint:errcheck // it was only read
	return xml.NewDecoder(r).Decode(into) == nil
}

// rowTags are what the bytes of a sheet say about its rows.
type rowTags struct {
	last    int  // the number of the last row
	ordered bool // all rows stand in order
	ends    bool // the rows have an end
}

// scanRows finds the rows of a sheet without reading its XML. It looks at bytes
// only, so that it costs little beside the real reading.
func scanRows(part io.Reader) (found rowTags, err error) {
	r := bufio.NewReaderSize(part, 1<<16)
	found.ordered = true
	for {
		piece, err := r.ReadSlice('>')
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return rowTags{}, err
		}
		tag := piece[bytes.IndexByte(piece, '<')+1:]
		if isRowTag(tag) {
			found.add(tag)
		}
		found.ends = found.ends || len(tag) < 64 && bytes.Contains(tag, []byte("sheetData")) && bytes.IndexByte(tag, '/') >= 0
	}
}

func (t *rowTags) add(tag []byte) {
	number := t.last + 1
	if m := rowAttribute.FindSubmatch(tag); m != nil {
		number = atoi(string(m[1]))
	}
	t.ordered = t.ordered && number > t.last
	t.last = number
}

var rowAttribute = regexp.MustCompile(`\sr\s*=\s*["'](\d+)["']`)

// isRowTag reports whether a start tag is a row's, with or without a prefix.
func isRowTag(tag []byte) bool {
	if len(tag) < 4 || tag[0] != 'r' && bytes.IndexByte(tag[:min(len(tag), 16)], ':') < 0 {
		return false
	}
	end := bytes.IndexAny(tag, " \t\r\n/>")
	if end < 3 || !bytes.HasSuffix(tag[:end], []byte("row")) {
		return false
	}
	return end == 3 || tag[end-4] == ':'
}
