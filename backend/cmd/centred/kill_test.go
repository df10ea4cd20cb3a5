package main

import (
	"bufio"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"hashmend/backend/client"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// child starts centred as a process of its own and waits for its address.
func child(t *testing.T, dir string) (*exec.Cmd, string) {
	t.Helper()
	return childWith(t, io.Discard, "--data", dir, "--rate", "0")
}

func childWith(t *testing.T, log io.Writer, args ...string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], append([]string{"serve"}, args...)...)
	cmd.Stderr = log
	cmd.Env = append(os.Environ(), "CENTRED_CHILD=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("centred says nothing: %v", err)
	}
	return cmd, strings.TrimPrefix(strings.TrimSpace(line), "listening on ")
}

// write is a request that is sent until it is answered.
type write struct {
	id   repair.WorkOrderID
	body []byte
	acks []wire.Accepted
}

// TestWhatWasAcknowledgedSurvivesAKill kills the server in the middle of many
// writes, several times, and sends everything again each time: nothing that was
// acknowledged is lost or told differently, and nothing is there twice.
func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	dir := made(t)
	code := strings.TrimSpace(output(t, "invite", "--data", dir, "--account", "North Ridge"))
	server, url := child(t, dir)
	joined := joinAs(t, url, code)
	writes := make([]*write, 40)
	for i := range writes {
		writes[i] = newWrite(t, i)
	}
	for round := range 4 {
		sendUntilKilled(t, server, url, joined, writes, 5*(round+1))
		server, url = child(t, dir)
	}
	allThereOnce(t, url, joined, writes)
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = server.Wait()
	if report := output(t, "check", "--data", dir); !strings.Contains(report, `"faults":[]`) {
		t.Error(report)
	}
}

// allThereOnce sends everything once more and reads everything back: the answers
// are those of before, and each work order is there once.
func allThereOnce(t *testing.T, url string, joined wire.Joined, writes []*write) {
	t.Helper()
	desk := desk(t, url, joined)
	for _, w := range writes {
		accepted, err := desk.PutWorkOrder(t.Context(), w.id, w.body)
		if err != nil {
			t.Fatal(err)
		}
		for _, before := range append(w.acks, accepted) {
			if fmt.Sprint(before) != fmt.Sprint(accepted) {
				t.Errorf("%s was acknowledged as\n%+v and then as\n%+v", w.id, before, accepted)
			}
		}
	}
	numbers := map[string]bool{}
	var rows []wire.Row
	for at, more := wire.Cursor(""), true; more; {
		page, err := desk.Changes(t.Context(), at, wire.ChangesMax)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, page.Rows...)
		at, more = page.Next, page.More
	}
	for _, row := range rows {
		var o repair.WorkOrder
		if row.T != wire.RowWorkOrder {
			continue
		}
		if err := json.Unmarshal(row.D, &o); err != nil || numbers[o.Number] {
			t.Errorf("%s is there twice (%v)", o.Number, err)
		}
		numbers[o.Number] = true
	}
	if len(numbers) != len(writes) {
		t.Errorf("%d work orders were filed, %d are there", len(writes), len(numbers))
	}
}

// sendUntilKilled sends from four desks at once and kills the server when the
// given number of answers has come.
func sendUntilKilled(t *testing.T, server *exec.Cmd, url string, joined wire.Joined, writes []*write, enough int) {
	t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	answers := 0
	next := make(chan *write, len(writes))
	for i := range writes { // another order in each round, by the number of answers
		next <- writes[(i*7+enough)%len(writes)]
	}
	close(next)
	for range 4 {
		all.Go(func() {
			desk := desk(t, url, joined)
			for w := range next {
				accepted, err := desk.PutWorkOrder(t.Context(), w.id, w.body)
				mu.Lock()
				if err == nil {
					w.acks = append(w.acks, accepted)
					answers++
				}
				if answers == enough {
					_ = server.Process.Kill()
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	_ = server.Process.Kill()
	_ = server.Wait()
}

func newWrite(t *testing.T, n int) *write {
	t.Helper()
	s := repairtest.Submission(3)
	for i := range s.Devices {
		s.Devices[i].ID = repair.DeviceID(newID(t))
		s.Devices[i].Serial = repairtest.Serial(10*n + i)
	}
	body, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return &write{id: repair.WorkOrderID(newID(t)), body: body}
}

func newID(t *testing.T) string {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return id.String()
}

func joinAs(t *testing.T, url, code string) wire.Joined {
	t.Helper()
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(client.Options{BaseURL: url})
	if err != nil {
		t.Fatal(err)
	}
	joined, err := c.Join(t.Context(), wire.Join{Invite: code, InstallName: "test", PublicKey: base64.StdEncoding.EncodeToString(public)})
	if err != nil {
		t.Fatal(err)
	}
	return joined
}

func desk(t *testing.T, url string, joined wire.Joined) *client.Client {
	c, err := client.New(client.Options{BaseURL: url, Token: joined.Token, ServerID: joined.ServerID})
	if err != nil {
		t.Error(err)
	}
	return c
}
