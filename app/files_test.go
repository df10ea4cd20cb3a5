package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hashmend/backend/blob"
)

// A file that a stranger sent is opened only under an ending that its content
// has earned; all else is saved where the person says.
func TestAFileIsOpenedByWhatItIs(t *testing.T) {
	for kind, ending := range endings {
		if !shown[kind] {
			t.Errorf("%s opens as %s and may not even be shown", kind, ending)
		}
	}
	a := opened(t)
	pdf := strings.NewReader("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")
	hash, _, err := a.inside.Load().files.Put(t.Context(), pdf, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	system := &System{app: a}
	got, err := system.OpenFile(hash, "voucher.exe")
	if err != nil || got.URL != LocalPrefix+"file/"+hash {
		t.Errorf("a browser gets %+v, %v", got, err)
	}
	if _, err := system.OpenFile("../../etc/passwd", "x"); err == nil || !strings.Contains(err.Error(), "file.not_found") {
		t.Errorf("no name of a file: %v", err)
	}

	var asked string
	a.Save = func(name string, _ []byte) (string, error) {
		asked = name
		return filepath.Join(t.TempDir(), name), nil
	}
	hash, _, err = a.inside.Load().files.Put(t.Context(), strings.NewReader("MZ\x90\x00 a program"), 1<<20)
	if err != nil || !blob.Valid(hash) {
		t.Fatal(hash, err)
	}
	if _, err := system.OpenFile(hash, "../holiday.exe"); err != nil || asked != "holiday.exe" {
		t.Errorf("the person was asked about %q, %v", asked, err)
	}
	if _, err := os.Stat(filepath.Join(a.Dir, "printed")); err == nil {
		t.Error("a program was put where files are opened")
	}
}
