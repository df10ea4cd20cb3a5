package wire

import (
	"bytes"
	"net/http"
	"path"
	"slices"
	"strings"
)

// fileKinds are the files that a centre takes: what an extension must look like
// inside, and as what it is served. The first extension is the usual one.
var fileKinds = []struct {
	extensions []string
	sniffed    string // prefix of what net/http sees in the first bytes
	served     string
}{
	{[]string{"jpg", "jpeg", "jfif", "jpe"}, "image/jpeg", "image/jpeg"},
	{[]string{"png"}, "image/png", "image/png"},
	{[]string{"pdf"}, "application/pdf", "application/pdf"},
	{[]string{"txt", "log"}, "text/plain", "text/plain; charset=utf-8"},
	{[]string{"zip"}, "application/zip", "application/zip"},
}

// FileTypes lists the extensions that a centre takes.
func FileTypes() (list []string) {
	for _, k := range fileKinds {
		list = append(list, k.extensions...)
	}
	return list
}

// FileType gives the type by which a file is served when its name and its first
// bytes agree on one that is taken. head may be nil: then only the name speaks.
func FileType(name string, head []byte) (string, bool) {
	extension := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	for _, k := range fileKinds {
		if slices.Contains(k.extensions, extension) {
			return k.served, head == nil || looksLike(k.sniffed, head)
		}
	}
	return "", false
}

// FileName gives a file the name under which a centre takes it: its own, with
// the usual extension behind it where a picture or a PDF has none that fits. ok
// is false when the content is not taken under any name.
func FileName(name string, head []byte) (string, bool) {
	if _, ok := FileType(name, head); ok {
		return name, true
	}
	for _, k := range fileKinds {
		if !strings.HasPrefix(k.sniffed, "text/") && looksLike(k.sniffed, head) {
			return name + "." + k.extensions[0], true
		}
	}
	return name, false
}

func looksLike(sniffed string, head []byte) bool {
	text := strings.HasPrefix(sniffed, "text/")
	return strings.HasPrefix(http.DetectContentType(head), sniffed) && !(text && bytes.IndexByte(head, 0) >= 0)
}
