package intake

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
)

// What the bytes are. All but text and xlsx are refused by name.
const (
	kindText = "text"
	kindXLSX = "xlsx"

	kindXLS       = "xls"
	kindEncrypted = "encrypted"
	kindZip       = "zip"
	kindHTML      = "html"
	kindXML       = "xml"
)

// marks are the first bytes by which other formats are known, at an offset.
var marks = []struct {
	kind   string
	offset int
	mark   string
}{
	{"pdf", 0, "%PDF-"},
	{"png", 0, "\x89PNG\r\n\x1a\n"},
	{"jpeg", 0, "\xff\xd8\xff"},
	{"gif", 0, "GIF8"},
	{"webp", 8, "WEBP"},
	{"heic", 4, "ftyp"},
	{"tiff", 0, "II*\x00"},
	{"tiff", 0, "MM\x00*"},
	{"rar", 0, "Rar!\x1a\x07"},
	{"7z", 0, "7z\xbc\xaf\x27\x1c"},
	{"gzip", 0, "\x1f\x8b"},
	{"exe", 0, "MZ\x90\x00"},
	{"sqlite", 0, "SQLite format 3\x00"},
	{"rtf", 0, `{\rtf`},
	{kindZip, 0, "PK\x03\x04"},
	{kindZip, 0, "PK\x05\x06"},
	{"ole", 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
}

// sniff says what the bytes are, whatever the file is called.
func sniff(data []byte) string {
	for _, m := range marks {
		if len(data) >= m.offset && bytes.HasPrefix(data[m.offset:], []byte(m.mark)) {
			return sniffContainer(m.kind, data)
		}
	}
	head := strings.ToLower(strings.TrimLeft(string(data[:min(len(data), 512)]), "\ufeff \t\r\n"))
	if strings.HasPrefix(head, "<?xml") {
		return kindXML
	}
	for _, begin := range htmlBegins {
		if strings.HasPrefix(head, begin) {
			return kindHTML
		}
	}
	return kindText
}

// htmlBegins are the tags that a page begins with, whole or as other programs write
// their tables.
var htmlBegins = []string{"<!doctype html", "<html", "<head", "<meta", "<style", "<body", "<table"}

func sniffContainer(kind string, data []byte) string {
	switch kind {
	case "ole":
		return sniffOLE(data)
	case kindZip:
		return sniffZip(data)
	}
	return kind
}

// sniffOLE looks for the names of streams, which the container keeps in UTF-16:
// a password-protected .xlsx is an OLE file around an encrypted package.
func sniffOLE(data []byte) string {
	has := func(name string) bool { return bytes.Contains(data, utf16le(name)) }
	switch {
	case has("EncryptedPackage"):
		return kindEncrypted
	case has("Workbook"), has("Book"):
		return kindXLS
	}
	return "ole"
}

func utf16le(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

func sniffZip(data []byte) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "broken_zip"
	}
	parts := map[string]string{
		"xl/workbook.xml": kindXLSX, "xl/workbook.bin": "xlsb", "word/document.xml": "docx",
		"ppt/presentation.xml": "pptx", "content.xml": "ods",
	}
	sheets := false
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if kind, ok := parts[name]; ok {
			return kind
		}
		sheets = sheets || strings.HasPrefix(name, "xl/worksheets/")
	}
	if sheets {
		return kindXLSX
	}
	return kindZip
}

// refuse gives the error for what is no table that we read.
func refuse(kind, name string) error {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	switch kind {
	case kindText, kindXLSX:
		return nil
	case kindXLS:
		return ErrLegacyXLS.With("name", name)
	case kindEncrypted:
		return ErrPasswordProtected.With("name", name)
	case "broken_zip":
		return ErrDamagedFile.With("name", name)
	case kindHTML, kindXML:
		if strings.HasPrefix(strings.ToLower(path.Ext(name)), ".xls") {
			return ErrDisguised.With("name", name, "is", kind)
		}
	}
	return ErrNotATable.With("name", name, "is", kind)
}
