// Command blank is the smallest window that Wails can open: what our own is
// measured against. It writes the file that HASHMEND_PAINTED names when its
// empty page has been painted.
package main

import (
	"fmt"
	"os"
	"testing/fstest"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

// Blank is what its page may call.
type Blank struct{}

// Painted is called in the second frame.
func (*Blank) Painted() error {
	return os.WriteFile(os.Getenv("HASHMEND_PAINTED"), []byte("{}\n"), 0o600)
}

const page = `<!doctype html><html><head><title>Blank</title></head><body><script>
requestAnimationFrame(() => requestAnimationFrame(() => window.go.main.Blank.Painted()));
</script></body></html>`

func main() {
	err := wails.Run(&options.App{
		Title: "Blank", Width: 1280, Height: 800,
		AssetServer: &assetserver.Options{Assets: fstest.MapFS{"index.html": {Data: []byte(page)}}},
		Bind:        []any{&Blank{}},
		Linux:       &linux.Options{ProgramName: "blank", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "blank:", err)
		os.Exit(1)
	}
}
