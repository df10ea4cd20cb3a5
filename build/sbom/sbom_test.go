package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
)

// The list is held against what the go command says of the same program.
func TestEveryLinkedModuleIsListed(t *testing.T) {
	program := os.Getenv("SBOM_PROGRAM") // the release, when it was built before
	if program == "" {
		program = filepath.Join(t.TempDir(), "fontprep")
		build := exec.Command("go", "build", "-buildvcs=false", "-o", program, "hashmend/build/fontprep")
		if text, err := build.CombinedOutput(); err != nil {
			t.Fatalf("build: %v\n%s", err, text)
		}
	}
	var out strings.Builder
	if err := run(program, &out); err != nil {
		t.Fatal(err)
	}
	var got bom
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil {
		t.Fatal(err)
	}
	listed := map[string]component{}
	for _, c := range got.Components {
		listed[c.Name+" "+c.Version] = c
	}
	text, err := exec.Command("go", "version", "-m", program).Output()
	if err != nil {
		t.Fatal(err)
	}
	linked := 0
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) < 3 || f[0] != "dep" {
			continue
		}
		linked++
		c, ok := listed[f[1]+" "+f[2]]
		if !ok {
			t.Errorf("%s %s is linked and not listed", f[1], f[2])
		}
		if len(f) > 3 && len(c.Hashes) != 1 {
			t.Errorf("%s %s has a sum and no hash", f[1], f[2])
		}
	}
	if linked == 0 || len(listed) != linked+1 {
		t.Errorf("%d modules linked, %d components with the Go release", linked, len(listed))
	}
}

func TestAReplacedModuleIsListedAsWhatReplacedIt(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.25.0", Deps: []*debug.Module{
		{Path: "a", Version: "v1.0.0", Replace: &debug.Module{Path: "b", Version: "v2.0.0"}},
	}}
	got := describe("p", info).Components
	if len(got) != 2 || got[1].PURL != "pkg:golang/b@v2.0.0" {
		t.Errorf("got %+v", got)
	}
}
