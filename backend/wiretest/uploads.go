package wiretest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

var tus = map[string]string{"Tus-Resumable": wire.TusVersion}

// picture is a PNG by its first bytes, and like no other.
func picture(t *testing.T) []byte {
	return append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), newID(t)...)
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// announce begins an upload.
func (s *suite) announce(t *testing.T, by who, data []byte, name string, size int64) answer {
	t.Helper()
	b64 := base64.StdEncoding.EncodeToString
	return s.do(t, "POST", wire.PathUploads, call{by: by, headers: map[string]string{
		"Tus-Resumable": wire.TusVersion, "Upload-Length": strconv.FormatInt(size, 10),
		"Upload-Metadata": "sha256 " + b64([]byte(hash(data))) + ",type " + b64([]byte("image/png")) + ",name " + b64([]byte(name))}})
}

// begun begins an upload that must be taken, and gives its path.
func (s *suite) begun(t *testing.T, by who, data []byte, name string, size int64) string {
	t.Helper()
	a := s.announce(t, by, data, name, size)
	a.into(t, 201, nil)
	u, err := url.Parse(a.header.Get("Location"))
	if err != nil || u.Path == "" {
		t.Fatalf("Location %q", a.header.Get("Location"))
	}
	return u.Path
}

// patch sends bytes at an offset.
func (s *suite) patch(t *testing.T, by who, path string, offset int, data []byte) answer {
	t.Helper()
	return s.do(t, "PATCH", path, call{by: by, body: data, headers: map[string]string{
		"Tus-Resumable": wire.TusVersion, "Content-Type": wire.TypeTus, "Upload-Offset": itoa(offset)}})
}

// uploaded brings a file to the centre.
func (s *suite) uploaded(t *testing.T, by who, data []byte, name string) {
	t.Helper()
	s.patch(t, by, s.begun(t, by, data, name, int64(len(data))), 0, data).into(t, 204, nil)
}

func (s *suite) uploads(t *testing.T) {
	a := s.do(t, "OPTIONS", wire.PathUploads, call{})
	a.into(t, 204, nil)
	if a.header.Get("Tus-Version") != wire.TusVersion || !strings.Contains(a.header.Get("Tus-Extension"), "creation") {
		t.Errorf("tus: %v", a.header)
	}

	data := picture(t)
	size := len(data)
	path := s.begun(t, s.ann, data, "board 2.png", int64(size))
	s.patch(t, s.ann, path, 0, data[:10]).into(t, 204, nil)
	a = s.do(t, "HEAD", path, call{by: s.ann, headers: tus})
	if a.into(t, 200, nil); a.header.Get("Upload-Offset") != "10" || a.header.Get("Upload-Length") != itoa(size) {
		t.Errorf("the upload stands at %s of %s", a.header.Get("Upload-Offset"), a.header.Get("Upload-Length"))
	}
	s.do(t, "GET", wire.PathFiles+hash(data), call{by: s.ann}).wants(t, 404, wire.CodeFileNotFound)
	s.patch(t, s.ann, path, 0, data).wants(t, 409, wire.CodeUploadOffset)
	s.patch(t, s.bob, path, 10, data[10:]).wants(t, 404, wire.CodeUploadNotFound)
	s.patch(t, who{}, path, 10, data[10:]).wants(t, 401, wire.CodeTokenExpired)
	s.patch(t, s.ann, path, -1, data).wants(t, 400, wire.CodeMalformed)
	s.patch(t, s.ann, path, 10, append(bytes.Clone(data[10:]), 'x')).wants(t, 413, wire.CodeFileTooLarge)
	s.do(t, "PATCH", path, call{by: s.ann, body: data, headers: map[string]string{"Tus-Resumable": "1.0.0", "Upload-Offset": "10", "Content-Type": "image/png"}}).
		wants(t, 415, wire.CodeUnsupportedType)
	s.do(t, "PATCH", path, call{by: s.ann, body: data, headers: map[string]string{"Upload-Offset": "10", "Content-Type": wire.TypeTus}}).
		wants(t, 412, wire.CodeTusVersion)
	a = s.patch(t, s.ann, path, 10, data[10:])
	if a.into(t, 204, nil); a.header.Get("Upload-Offset") != itoa(size) {
		t.Errorf("complete at %s of %d", a.header.Get("Upload-Offset"), size)
	}

	for status, by := range map[int]who{404: s.bob, 401: {}} {
		s.do(t, "HEAD", path, call{by: by, headers: tus}).into(t, status, nil)
	}
	s.do(t, "HEAD", path, call{by: s.ann}).into(t, 412, nil)

	var done wire.UploadDone
	s.announce(t, s.ann, data, "again.png", int64(size)).into(t, 200, &done)
	if !done.Complete {
		t.Error("a file that is there is not complete")
	}
	// Another account must bring it itself: that it is there is not told.
	s.begun(t, s.bob, data, "board.png", int64(size))
	s.refusedUploads(t)
	s.endedUploads(t)
}

// endedUploads: an upload is kept for a while from its last byte on, and whoever
// began it may throw it away.
func (s *suite) endedUploads(t *testing.T) {
	t.Helper()
	data := picture(t)
	a := s.announce(t, s.ann, data, "a.png", int64(len(data)))
	a.into(t, 201, nil)
	until, err := http.ParseTime(a.header.Get("Upload-Expires"))
	if err != nil || !until.After(time.Now()) {
		t.Errorf("it is kept until %q", a.header.Get("Upload-Expires"))
	}
	path := s.begun(t, s.ann, data, "a.png", int64(len(data)))
	if a = s.patch(t, s.ann, path, 0, data[:9]); a.header.Get("Upload-Expires") == "" {
		t.Error("after some bytes it is not told until when they are kept")
	}
	s.do(t, "DELETE", path, call{by: s.ann}).wants(t, 412, wire.CodeTusVersion)
	s.do(t, "DELETE", path, call{headers: tus}).wants(t, 401, wire.CodeTokenExpired)
	s.do(t, "DELETE", path, call{by: s.bob, headers: tus}).wants(t, 404, wire.CodeUploadNotFound)
	s.do(t, "DELETE", path, call{by: s.ann, headers: tus}).into(t, 204, nil)
	s.do(t, "HEAD", path, call{by: s.ann, headers: tus}).into(t, 404, nil)
	s.do(t, "DELETE", path, call{by: s.ann, headers: tus}).wants(t, 404, wire.CodeUploadNotFound)
	s.uploaded(t, s.ann, data, "a.png") // and it may come again
	s.do(t, "DELETE", path, call{by: s.ann, headers: tus}).wants(t, 404, wire.CodeUploadNotFound)
}

func (s *suite) refusedUploads(t *testing.T) {
	data := picture(t)
	s.announce(t, who{}, data, "a.png", 10).wants(t, 401, wire.CodeTokenExpired)
	s.announce(t, s.ann, data, "a.png", wire.MaxUpload+1).wants(t, 413, wire.CodeFileTooLarge)
	s.announce(t, s.ann, data, "a.png", 0).wants(t, 400, wire.CodeMalformed)
	for _, name := range []string{"a.exe", "a", "a.svg", "a.html"} {
		s.announce(t, s.ann, data, name, 10).wants(t, 415, wire.CodeFileType)
	}
	s.do(t, "POST", wire.PathUploads, call{by: s.ann, headers: map[string]string{"Upload-Length": "10"}}).wants(t, 412, wire.CodeTusVersion)

	liar := s.begun(t, s.ann, data, "a.png", int64(len(data)))
	other := bytes.Clone(data)
	other[len(other)-1] ^= 1
	s.patch(t, s.ann, liar, 0, other).wants(t, 460, wire.CodeUploadMismatch)
	s.do(t, "HEAD", liar, call{by: s.ann, headers: tus}).into(t, 404, nil)

	page := []byte("<html><script>alert(1)</script>")
	disguised := s.begun(t, s.ann, page, "a.png", int64(len(page)))
	s.patch(t, s.ann, disguised, 0, page).wants(t, 415, wire.CodeFileType)
}

func (s *suite) files(t *testing.T) {
	mine, log := picture(t), []byte("kernel: "+newID(t))
	s.uploaded(t, s.ann, mine, "../../etc/шум \"1\".png")
	s.uploaded(t, s.ann, log, "miner.log")

	a := s.do(t, "GET", wire.PathFiles+hash(mine), call{by: s.ann})
	if a.into(t, 200, nil); !bytes.Equal(a.body, mine) || a.header.Get("Content-Type") != "image/png" {
		t.Errorf("%d bytes of %s", len(a.body), a.header.Get("Content-Type"))
	}
	if !strings.HasPrefix(a.header.Get("Content-Disposition"), "inline") || strings.Contains(a.header.Get("Content-Disposition"), "etc") {
		t.Errorf("disposition %q", a.header.Get("Content-Disposition"))
	}
	a = s.do(t, "GET", wire.PathFiles+hash(log), call{by: s.ann})
	if !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") || !strings.Contains(a.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("a log is served as %v", a.header)
	}
	s.do(t, "GET", wire.PathFiles+hash(mine), call{by: s.technician}).into(t, 200, nil)
	s.do(t, "GET", wire.PathFiles+hash(mine), call{by: s.bob}).wants(t, 404, wire.CodeFileNotFound)
	s.do(t, "GET", wire.PathFiles+hash(mine), call{}).wants(t, 401, wire.CodeTokenExpired)
	s.do(t, "GET", wire.PathFiles+"..%2f..%2fcentre.db", call{by: s.admin}).wants(t, 404, wire.CodeFileNotFound)

	s.previews(t)

	// What the centre attaches to a case, its customer may see, and nobody else.
	theirs := picture(t)
	s.uploaded(t, s.technician, theirs, "bench.png")
	s.do(t, "GET", wire.PathFiles+hash(theirs), call{by: s.ann}).wants(t, 404, wire.CodeFileNotFound)
	s.done(t, s.technician, repair.Command{Kind: repair.CmdMessage, WorkOrder: s.order, Text: "See the photo",
		Files: []repair.FileRef{{SHA256: hash(theirs), Size: int64(len(theirs)), Type: "image/png", Name: "bench.png"}}})
	s.do(t, "GET", wire.PathFiles+hash(theirs), call{by: s.ann}).into(t, 200, nil)
	s.do(t, "GET", wire.PathFiles+hash(theirs), call{by: s.bob}).wants(t, 404, wire.CodeFileNotFound)

	// Naming another's file in an own message opens nothing.
	s.do(t, "PUT", wire.PathWorkOrders+newID(t), call{by: s.bob, body: encode(t, submission(t, 1))}).into(t, 201, nil)
	bobs := repair.WorkOrderID("")
	for _, row := range s.feed(t, s.bob, "") {
		if row.T == wire.RowWorkOrder {
			bobs = repair.WorkOrderID(row.ID)
		}
	}
	s.done(t, s.bob, repair.Command{Kind: repair.CmdMessage, WorkOrder: bobs, Text: "Mine?",
		Files: []repair.FileRef{{SHA256: hash(mine), Size: int64(len(mine)), Type: "image/png", Name: "x.png"}}})
	s.do(t, "GET", wire.PathFiles+hash(mine), call{by: s.bob}).wants(t, 404, wire.CodeFileNotFound)
}

// previews: a picture is drawn anew, for whom the picture itself is there.
func (s *suite) previews(t *testing.T) {
	var drawn bytes.Buffer
	spot := image.NewRGBA(image.Rect(0, 0, 3000, 20))
	seed := []byte(newID(t)) // like no other
	for i, b := range seed {
		spot.SetRGBA(i, 0, color.RGBA{R: b, A: 255})
	}
	if err := png.Encode(&drawn, spot); err != nil {
		t.Fatal(err)
	}
	s.uploaded(t, s.ann, drawn.Bytes(), "wide.png")
	path := wire.PathFiles + hash(drawn.Bytes()) + "/preview"
	a := s.do(t, "GET", path, call{by: s.ann})
	a.into(t, 200, nil)
	config, err := jpeg.DecodeConfig(bytes.NewReader(a.body))
	if err != nil || a.header.Get("Content-Type") != "image/jpeg" || config.Width >= 3000 {
		t.Errorf("the preview: %v, %s, %d pixels wide", err, a.header.Get("Content-Type"), config.Width)
	}
	s.do(t, "GET", path, call{by: s.bob}).wants(t, 404, wire.CodeFileNotFound)
	s.do(t, "GET", path, call{}).wants(t, 401, wire.CodeTokenExpired)
}
