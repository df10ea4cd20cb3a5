package desk

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// childDir makes this test program type into a draft until it is killed.
const childDir = "HASHMEND_TEST_TYPIST"

func TestMain(m *testing.M) {
	if os.Getenv(childDir) != "" {
		m.Run() // of the command line's -test.run: the typist alone
		return
	}
	os.Exit(m.Run())
}

// TestTypist is the child: each key it presses is acknowledged on its output
// once the desk has saved it.
func TestTypist(t *testing.T) {
	dir := os.Getenv(childDir)
	if dir == "" {
		return // not a test of its own
	}
	h := open(t, dir)
	page, err := h.Orders(h.ctx(), OrderQuery{Mine: "drafts"})
	h.ok(err)
	id := page.Rows[0].ID
	row := h.rows(id)[0].ID
	for key := h.typedInto(id) + 1; ; key++ {
		text := strconv.Itoa(key)
		if key%5 == 0 { // the edit ends, and the next one begins
			_, err = h.EditDraft(h.ctx(), id, []CellEdit{{Row: row, Column: "complaint", Value: text}})
		} else {
			err = h.TypeDraft(h.ctx(), id, row, "complaint", text)
		}
		h.ok(err)
		fmt.Println("saved", key)
	}
}

// typedInto gives the number in the first row's cell: as it is being typed, else
// as it was saved.
func (h *hand) typedInto(id string) int {
	h.t.Helper()
	v, err := h.Draft(h.ctx(), id)
	h.ok(err)
	text := h.rows(id)[0].Complaint
	if v.Typing != nil {
		text = v.Typing.Value
	}
	n, err := strconv.Atoi(text)
	h.ok(err)
	return n
}

func TestKilledAtAnyMomentOnlyTheLastKeyMayBeLost(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir)
	id := h.draft(1)
	_, err := h.EditDraft(h.ctx(), id, []CellEdit{{Row: h.rows(id)[0].ID, Column: "complaint", Value: "0"}})
	h.ok(err)
	h.close()
	for range 6 {
		saved := typeUntilKilled(t, dir, 1+rand.IntN(40))
		h := open(t, dir)
		v, err := h.Draft(h.ctx(), id)
		h.ok(err)
		if got := h.typedInto(id); got < saved || got > saved+1 {
			t.Fatalf("%d was acknowledged, %d is there", saved, got)
		}
		if v.Undo != "edit" || v.RowCount != 1 {
			t.Fatalf("half a step: %+v", v)
		}
		h.close()
	}
}

// typeUntilKilled gives the last key that was acknowledged.
func typeUntilKilled(t *testing.T, dir string, keys int) (saved int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestTypist$", "-test.v")
	child.Env = append(os.Environ(), childDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); {
		if _, err := fmt.Sscanf(lines.Text(), "saved %d", &saved); err != nil {
			continue
		}
		if n++; n == keys {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the typist ended by itself")
	}
	if saved == 0 {
		t.Fatal("the typist saved nothing")
	}
	return saved
}
