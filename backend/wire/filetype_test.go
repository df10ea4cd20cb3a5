package wire

import "testing"

func TestAFileIsTakenWhenItsNameAndItsBytesAgree(t *testing.T) {
	png, pdf, zip := "\x89PNG\r\n\x1a\n", "%PDF-1.7\n", "PK\x03\x04"
	for _, test := range []struct {
		name, head, want string
		ok               bool
	}{
		{"a.PNG", png, "image/png", true},
		{"a.jpg", "\xff\xd8\xff\xe0", "image/jpeg", true},
		{"a.jfif", "\xff\xd8\xff\xe0", "image/jpeg", true},
		{"a.pdf", pdf, "application/pdf", true},
		{"a.log", "[1.0] 矿机启动\n", "text/plain; charset=utf-8", true},
		{"a.tar.zip", zip, "application/zip", true},
		{"a.png", pdf, "", false},
		{"a.log", "\x00\x01\x02", "", false},
		{"a.txt", "MZ\x90\x00", "", false},
		{"a.svg", "<svg/>", "", false},
		{"a.png.exe", png, "", false},
		{"png", png, "", false},
	} {
		got, ok := FileType(test.name, []byte(test.head))
		if ok != test.ok || (ok && got != test.want) {
			t.Errorf("%s: got %q %t", test.name, got, ok)
		}
	}
}

func TestAFileIsNamedForWhatItIs(t *testing.T) {
	for _, test := range []struct {
		name, head, want string
		ok               bool
	}{
		{"voucher.png", "\x89PNG\r\n\x1a\n", "voucher.png", true},
		{"voucher", "\x89PNG\r\n\x1a\n", "voucher.png", true},
		{"voucher.jpg", "\x89PNG\r\n\x1a\n", "voucher.jpg.png", true},
		{"IMG_1.heic", "\x00\x00\x00\x18ftypheic", "IMG_1.heic", false},
		{"run.exe", "MZ\x90\x00", "run.exe", false},
		{"page", "just text", "page", false},
		{"empty.png", "", "empty.png", false},
	} {
		got, ok := FileName(test.name, []byte(test.head))
		if got != test.want || ok != test.ok {
			t.Errorf("%s: got %q %t", test.name, got, ok)
		}
	}
}
