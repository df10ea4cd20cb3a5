package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/xuri/excelize/v2"

	"hashmend/backend/repair"
)

const oleMark = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

func TestWhatIsNoTableIsNamed(t *testing.T) {
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"an old .xls", append([]byte(oleMark+strings.Repeat("\x00", 600)), utf16le("Workbook")...), "intake.legacy_xls"},
		{"a password-protected .xlsx", protectedWorkbook(t), "intake.password_protected"},
		{"an old .doc", append([]byte(oleMark), utf16le("WordDocument")...), "intake.not_a_table ole"},
		{"a PDF called .csv", []byte("%PDF-1.7\n1 0 obj\n"), "intake.not_a_table pdf"},
		{"a PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "intake.not_a_table png"},
		{"a JPEG", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), "intake.not_a_table jpeg"},
		{"a HEIC photo", []byte("\x00\x00\x00\x18ftypheic"), "intake.not_a_table heic"},
		{"a zip", zipOf(t, "readme.txt", "x"), "intake.not_a_table zip"},
		{"a Word document", zipOf(t, "word/document.xml", "<x/>"), "intake.not_a_table docx"},
		{"an OpenDocument sheet", zipOf(t, "content.xml", "<x/>"), "intake.not_a_table ods"},
		{"a binary workbook", zipOf(t, "xl/workbook.bin", "x"), "intake.not_a_table xlsb"},
		{"a web page called .xls", []byte("<html><table><tr><td>SN</td></tr></table></html>"), "intake.not_a_table html"},
		{"XML", []byte("\ufeff<?xml version=\"1.0\"?><Workbook/>"), "intake.not_a_table xml"},
		{"a gzip", []byte("\x1f\x8b\x08\x00"), "intake.not_a_table gzip"},
		{"a workbook cut short", smallWorkbook(t)[:900], "intake.damaged_file"},
		{"a workbook without a workbook", zipOf(t, "xl/worksheets/sheet1.xml", "<x/>"), "intake.damaged_file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(context.Background(), `C:\farm\list.csv`, bytes.NewReader(tt.data), Options{})
			if code(err) != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// Many programs call a web page or XML an Excel file, and Excel opens it: what helps
// is to save it again.
func TestAPageCalledXLSIsSaidToNeedSavingAgain(t *testing.T) {
	for content, is := range map[string]string{
		"<html><table><tr><td>SN</td></tr></table></html>":                          "html",
		"\n<meta http-equiv=\"Content-Type\" content=\"text/html\"><table></table>": "html",
		"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>":         "xml",
	} {
		for _, name := range []string{"farm.xls", "farm.XLSX"} {
			_, err := Read(context.Background(), name, strings.NewReader(content), Options{})
			var e *repair.Error
			if !errors.As(err, &e) || e.Code != "intake.disguised_xls" || e.Args["is"] != is || e.Args["name"] != name {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	huge := strings.Repeat("A", 100<<20)
	ctx := context.Background()
	for name, read := range map[string]func() error{
		"a paste of 100 MB": func() error { _, err := Text(ctx, huge, Options{}); return err },
		"a file of 100 MB":  func() error { _, err := Read(ctx, "x", strings.NewReader(huge), Options{}); return err },
		"an endless file":   func() error { _, err := Read(ctx, "x", endless{}, Options{MaxBytes: 1 << 20}); return err },
		"too many rows": func() error {
			_, err := Text(ctx, "HM0001Q77A\nHM0002Q77B\nHM0003Q77C", Options{MaxRows: 2})
			return err
		},
		"too many cells": func() error {
			_, err := Text(ctx, strings.Repeat(strings.Repeat("a,", 16000)+"\n", 700), Options{})
			return err
		},
		"a zip bomb": func() error { _, err := Read(ctx, "x", bytes.NewReader(bomb(t, 2<<30)), Options{}); return err },
	} {
		if err := read(); code(err) != "intake.too_large" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A zip whose directory lies about the size must not unpack to more than it says.
func TestABombThatLiesIsDamaged(t *testing.T) {
	_, err := Read(context.Background(), "x", bytes.NewReader(bomb(t, 100)), Options{})
	if code(err) != "intake.damaged_file" {
		t.Errorf("got %v", err)
	}
}

func TestAFileThatCannotBeReadIsNoEmptyTable(t *testing.T) {
	_, err := Read(context.Background(), "x", io.MultiReader(strings.NewReader("SN\n"), iotest.ErrReader(errors.New("the disk is gone"))), Options{})
	if code(err) != "intake.unreadable" {
		t.Errorf("got %v", err)
	}
}

func TestALongLineOfQuotesDoesNotHang(t *testing.T) {
	r := read(t, "SN,Fault\nHM0001Q77A,"+strings.Repeat(`"a,`, 1<<20)+"\nHM0002Q77B,hot", Options{})
	if n := len(r.Rows); n != 2 {
		t.Errorf("%d rows", n)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'A'
	}
	return len(p), nil
}

func zipOf(t *testing.T, name, content string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, err := z.Create(name)
	check(t, err)
	_, err = io.WriteString(w, content)
	check(t, err)
	check(t, z.Close())
	return buf.Bytes()
}

// bomb is a workbook whose first sheet unpacks to 20 MB of spaces while the
// directory says another size.
func bomb(t *testing.T, size uint64) []byte {
	t.Helper()
	var packed bytes.Buffer
	inner := zip.NewWriter(&packed)
	w, err := inner.Create("x")
	check(t, err)
	_, err = w.Write(bytes.Repeat([]byte(" "), 20<<20))
	check(t, err)
	check(t, inner.Close())
	r, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	check(t, err)
	raw, err := r.File[0].OpenRaw()
	check(t, err)

	return rewrite(t, smallWorkbook(t), func(name string, _ []byte, z *zip.Writer) bool {
		if name != "xl/worksheets/sheet1.xml" {
			return false
		}
		h := r.File[0].FileHeader
		h.Name, h.UncompressedSize64, h.Flags = name, size, h.Flags&^8
		w, err := z.CreateRaw(&h)
		check(t, err)
		_, err = io.Copy(w, raw)
		check(t, err)
		return true
	})
}

// rewrite copies a zip; change may write an entry itself and say so.
func rewrite(t *testing.T, data []byte, change func(name string, content []byte, z *zip.Writer) bool) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	check(t, err)
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, f := range r.File {
		in, err := f.Open()
		check(t, err)
		content, err := io.ReadAll(in)
		check(t, err)
		if change(f.Name, content, z) {
			continue
		}
		w, err := z.Create(f.Name)
		check(t, err)
		_, err = w.Write(content)
		check(t, err)
	}
	check(t, z.Close())
	return buf.Bytes()
}

// smallWorkbook is a workbook of three devices.
func smallWorkbook(t *testing.T) []byte {
	t.Helper()
	return workbookOf(t, func(f *excelize.File) {
		check(t, f.SetSheetRow("Sheet1", "A1", &[]any{"SN", "Model"}))
		check(t, f.SetSheetRow("Sheet1", "A2", &[]any{"HM0001Q77A", "X4-Q"}))
		check(t, f.SetSheetRow("Sheet1", "A3", &[]any{"HM0002Q77B", "X4-Q"}))
		check(t, f.SetSheetRow("Sheet1", "A4", &[]any{"HM0003Q77C", "X4-Q"}))
	})
}

func workbookOf(t *testing.T, fill func(*excelize.File), opts ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it was only written to memory
	fill(f)
	var buf bytes.Buffer
	check(t, f.Write(&buf, opts...))
	return buf.Bytes()
}

func protectedWorkbook(t *testing.T) []byte {
	data := workbookOf(t, func(*excelize.File) {}, excelize.Options{Password: "secret"})
	if binary.BigEndian.Uint32(data) != 0xd0cf11e0 {
		t.Fatal("the workbook is not protected")
	}
	return data
}
