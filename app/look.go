package app

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log"
	"os"
	"path/filepath"

	"github.com/wailsapp/wails/v2/pkg/options/linux"

	"hashmend/backend/repair"
)

// GPU says when the window draws with the graphics card (Linux only).
type GPU string

// The choices. Never is the default: with some drivers the others show a blank
// window, and a blank window is worse than a slow one.
const (
	GPUNever    GPU = "never"
	GPUOnDemand GPU = "on_demand"
	GPUAlways   GPU = "always"
)

var gpuPolicies = map[GPU]linux.WebviewGpuPolicy{
	GPUNever:    linux.WebviewGpuPolicyNever,
	GPUOnDemand: linux.WebviewGpuPolicyOnDemand,
	GPUAlways:   linux.WebviewGpuPolicyAlways,
}

var errGPU = &repair.Error{Kind: repair.Invalid, Code: "settings.gpu_unknown"} // args: gpu

// The smallest window in which every screen works.
const (
	minWidth  = 960
	minHeight = 600
)

// Look is how the window comes up. It lives in a file of its own because it is
// needed before a database opens, and when none does.
type Look struct {
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised"`
	GPU       GPU  `json:"gpu"`
}

func lookFile(dir string) string { return filepath.Join(dir, "window.json") }

// readLook returns the last look, or the first one where there is none that can
// be read: losing the window's size is not worth a word to the user.
func readLook(dir string) Look {
	look := Look{Width: 1280, Height: 800, GPU: GPUNever}
	text, err := os.ReadFile(lookFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return look
	}
	kept := look
	if err == nil {
		err = json.Unmarshal(text, &kept)
	}
	if err != nil {
		log.Printf("window.json: %v", err)
		return look
	}
	kept.Width, kept.Height = max(kept.Width, minWidth), max(kept.Height, minHeight)
	if _, known := gpuPolicies[kept.GPU]; !known {
		kept.GPU = GPUNever
	}
	return kept
}

func writeLook(dir string, look Look) error { return writeWhole(lookFile(dir), look) }

// writeWhole puts a small JSON file in place at once: nobody reads half of it.
func writeWhole(name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	part := name + ".part"
	if err := os.WriteFile(part, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(part, name)
}
