package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The pixels are compared, not the bytes: how a PNG is packed is Go's affair.
func TestTheCommittedPicturesAreTheseOnes(t *testing.T) {
	for name := range pictures {
		data, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, picture := range pngsIn(name, data) {
			img, err := png.Decode(bytes.NewReader(picture))
			if err != nil {
				t.Fatalf("build/%s: %v", name, err)
			}
			if !alike(img, draw(img.Bounds().Dx())) {
				t.Errorf("build/%s is not what is drawn: go run ./build/icon", name)
			}
		}
	}
}

// pngsIn gives the pictures in a file, as its header says where they are.
func pngsIn(name string, data []byte) [][]byte {
	if !strings.HasSuffix(name, ".ico") {
		return [][]byte{data}
	}
	var all [][]byte
	le := binary.LittleEndian
	for i := range int(le.Uint16(data[4:])) {
		entry := data[6+16*i:]
		length, start := le.Uint32(entry[8:]), le.Uint32(entry[12:])
		all = append(all, data[start:start+length])
	}
	return all
}

func alike(got, want image.Image) bool {
	if got.Bounds() != want.Bounds() {
		return false
	}
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			if got.At(x, y) != want.At(x, y) {
				return false
			}
		}
	}
	return true
}

func TestTheFlowerStandsOnItsLeaf(t *testing.T) {
	for _, tt := range []struct {
		name string
		x, y float64
		want any
	}{
		{"the middle is pollen", 0, 0, pollen},
		{"a petal points up", 0, -0.6, petal},
		{"none points down", 0, 0.6, leaf},
		{"the corner is clear", -0.97, -0.97, clear},
		{"the edge is leaf", 0.95, 0, leaf},
	} {
		if got := at(tt.x, tt.y); got != tt.want {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
}
