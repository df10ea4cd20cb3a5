package desk

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"testing"
)

// A photo tells the centre what is on it, not where the farm is.
func TestAPhotoLeavesWithoutItsPlace(t *testing.T) {
	h := at(t)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	// Behind the end of a picture anything may hide; nothing there is shown.
	ref, err := h.AttachFile(h.ctx(), "board.png", "", io.MultiReader(bytes.NewReader(plain), bytes.NewReader([]byte("51.18N 71.44E"))))
	if err != nil {
		t.Fatal(err)
	}
	f, err := h.Files.Open(ref.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	kept, err := io.ReadAll(f)
	if err != nil || !bytes.Equal(kept, plain) || ref.Size != int64(len(plain)) {
		t.Errorf("kept %d bytes of %d: %v", len(kept), len(plain), err)
	}
}
