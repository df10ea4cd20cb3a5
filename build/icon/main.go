// Command icon draws the program's icon: a jasmine flower, five white petals
// around a grain of pollen, on a leaf.
//
//	go run ./build/icon        draw build/appicon.png, build/linux and build/windows anew
//
// The pictures are committed, because the Windows build reads them; a test says
// when they are not what this program draws.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	for name, draw := range pictures {
		data, err := draw()
		if err == nil {
			err = os.WriteFile(filepath.Join("build", name), data, 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "icon:", err)
			os.Exit(1)
		}
	}
}

// pictures are the files, under build/, and how each comes about.
var pictures = map[string]func() ([]byte, error){
	"appicon.png":        func() ([]byte, error) { return encodePNG(512) },
	"linux/hashmend.png": func() ([]byte, error) { return encodePNG(256) },
	"windows/icon.ico":   func() ([]byte, error) { return encodeICO(16, 24, 32, 48, 64, 256) },
}
