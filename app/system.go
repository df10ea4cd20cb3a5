package app

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"hashmend/backend/repair"
)

// System tells the page about the program itself.
type System struct {
	app     *App
	failure error
	settled sync.Once
}

// SystemInfo is what the page shows about the program, and why it could not
// start, if it could not.
type SystemInfo struct {
	Version  string        `json:"version"`
	Platform string        `json:"platform"` // such as linux/amd64
	DataDir  string        `json:"data_dir"`
	GPU      GPU           `json:"gpu"`
	Failure  *repair.Error `json:"failure,omitempty"`
}

// Info is the first thing a page asks for.
func (s *System) Info() (info SystemInfo, err error) {
	defer settle(&err)
	info = SystemInfo{
		Version:  s.app.Version,
		Platform: runtime.GOOS + "/" + runtime.GOARCH,
		DataDir:  s.app.Dir,
		GPU:      readLook(s.app.Dir).GPU,
	}
	if err := s.app.Opened(); err != nil {
		info.Failure = visible(err)
	}
	return info, nil
}

// SetGPU chooses when the window draws with the graphics card, from the next
// start on: never, on_demand or always.
func (s *System) SetGPU(gpu string) (err error) {
	defer settle(&err)
	if _, known := gpuPolicies[GPU(gpu)]; !known {
		return errGPU.With("gpu", gpu)
	}
	look := readLook(s.app.Dir)
	look.GPU = GPU(gpu)
	return writeLook(s.app.Dir, look)
}

// Painted is called by the page when a person can see it: the page's name and
// how many work orders its list shows. The smoke run of the window waits for the
// file that HASHMEND_PAINTED names; without it nothing happens.
func (s *System) Painted(page string, orders int) (err error) {
	defer settle(&err)
	s.settled.Do(func() { go debug.FreeOSMemory() }) // what only the start needed
	name := os.Getenv("HASHMEND_PAINTED")
	if name == "" {
		return nil
	}
	return writeWhole(name, painted{Page: page, Orders: orders})
}

// painted is what the page said it shows.
type painted struct {
	Page   string `json:"page"`
	Orders int    `json:"orders"`
}
