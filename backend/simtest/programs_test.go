package simtest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/client"
	"hashmend/backend/fault"
	"hashmend/backend/repair"
)

// street is a real centred behind a rough line, and a real desk as a program.
type street struct {
	t       *testing.T
	bin     string
	dir     string
	proxy   *Proxy
	server  *exec.Cmd
	order   string
	said    map[string]string // text of a message → what the person was told
	nothing map[string]bool   // texts that cannot have been queued
	n       int
	broken  []string       // invariants that do not hold
	carrier *client.Client // a PC that is this test itself
}

// openStreet builds both programs with their failpoints, lets the desk join and
// files one work order.
func openStreet(t *testing.T, seed uint64) *street {
	t.Helper()
	s := &street{t: t, dir: Scratch(t), said: map[string]string{}, nothing: map[string]bool{}}
	s.bin = filepath.Join(s.dir, "bin")
	build := exec.Command("go", "build", "-buildvcs=false", "-tags", "sqlite_fts5,faults", "-o", s.bin+"/", "./backend/cmd/centred", "./backend/cmd/hashmendctl")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the programs: %v\n%s", err, out)
	}
	var err error
	if s.proxy, err = NewProxy(seed); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.proxy.Close)
	s.must(s.run("", "centred", "init", "--data", s.centre(), "--name", "Ridge repairs", "--tls", "off", "--listen", "127.0.0.1:0", "--yes"))
	code := strings.TrimSpace(s.must(s.run("", "centred", "invite", "--data", s.centre(), "--account", "North Ridge")))
	other := strings.TrimSpace(s.must(s.run("", "centred", "invite", "--data", s.centre(), "--account", "North Ridge")))
	s.serve("")
	t.Cleanup(s.kill)
	s.joinsByItself(other)
	s.must(s.ctl("", "join", "http://"+s.proxy.Address(), code))
	s.file()
	return s
}

func (s *street) centre() string { return filepath.Join(s.dir, "centre") }

// run runs a program to its end and gives what it printed.
func (s *street) run(point fault.Point, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	return s.runFor(ctx, point, name, args...)
}

func (s *street) runFor(ctx context.Context, point fault.Point, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	cmd.Env = s.env(point)
	var out, trouble bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &trouble
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("%s %v: %w\n%s", name, args, err, trouble.String())
	}
	return out.String(), err
}

// env keeps the programs away from what is this person's own.
func (s *street) env(point fault.Point) []string {
	return append(os.Environ(), "HASHMEND_FAULT="+string(point), "HOME="+s.dir, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere")
}

func (s *street) ctl(point fault.Point, args ...string) (string, error) {
	return s.run(point, "hashmendctl", append([]string{"--json", "--data", filepath.Join(s.dir, "desk")}, args...)...)
}

func (s *street) must(out string, err error) string {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// serve starts the centre; the desk finds it where it always was.
func (s *street) serve(point fault.Point) {
	s.t.Helper()
	if err := s.begin(point); err != nil {
		s.t.Fatal(err)
	}
}

// serveUntil starts the centre so that it dies at a point of its work, not at one
// of its start.
func (s *street) serveUntil(point fault.Point) {
	s.t.Helper()
	var err error
	for n := 1; n < 6; n++ {
		if err = s.begin(fault.Point(fmt.Sprintf("%s:%d", point, n))); err == nil {
			return
		}
	}
	s.t.Fatal(err)
}

func (s *street) begin(point fault.Point) error {
	s.server = exec.Command(filepath.Join(s.bin, "centred"), "serve", "--data", s.centre(), "--listen", "127.0.0.1:0")
	s.server.Env = s.env(point)
	out, err := s.server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.server.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return fmt.Errorf("centred says nothing: %w, %w", err, s.server.Wait())
	}
	_, address, found := strings.Cut(strings.TrimSpace(line), "://")
	if !found {
		return fmt.Errorf("centred says %q", line)
	}
	s.proxy.Lead(address)
	return nil
}

// kill ends the centre as a power cut ends a program.
func (s *street) kill() {
	_ = s.server.Process.Kill()
	_ = s.server.Wait()
}

// file files the work order that everything is about.
func (s *street) file() {
	s.t.Helper()
	header := filepath.Join(s.dir, "header.json")
	table := filepath.Join(s.dir, "farm.csv")
	for path, text := range map[string]string{header: streetHeader, table: "SN,Model,Problem,Ship date\nJX26016P3YD25TS,X16-Q,no hash,2026-01-05\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	var draft struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal([]byte(s.must(s.ctl("", "draft", "new", header))), &draft); err != nil {
		s.t.Fatal(err)
	}
	s.must(s.ctl("", "draft", "import", draft.ID, table))
	s.must(s.ctl("", "submit", draft.ID))
	s.must(s.ctl("", "sync"))
	for id := range s.cases() {
		s.order = id
	}
}

const streetHeader = `{"contact":{"company":"North Ridge","name":"Aigerim","phone":"+7 701 000 00 00","email":"a@example.com","language":"en"},
"return_address":{"country":"KZ","province":"Pavlodar","city":"Ekibastuz","district":"","street":"1 Test street","postcode":"141200","recipient":"Aigerim","phone":"+7 701 000 00 00"},
"reference":"street","note":""}`

// say lets the person write a message. What the program told goes into said.
func (s *street) say(ctx context.Context, point fault.Point) error {
	s.n++
	text := s.last()
	_, err := s.runFor(ctx, point, "hashmendctl", "--json", "--data", filepath.Join(s.dir, "desk"), "act", s.order, "message", "--text", text)
	var exit *exec.ExitError
	switch {
	case err == nil:
		s.said[text] = "queued"
	case errors.As(err, &exit) && exit.ExitCode() == 3:
		s.said[text] = "queued"
	default:
		s.said[text] = "nothing"
	}
	return err
}

// last is the text of the last message, never notes that it cannot come.
func (s *street) last() string      { return fmt.Sprintf("message %d", s.n) }
func (s *street) never(text string) { s.nothing[text] = true }

// settle lets everything come to rest: the last runs meet no fault.
func (s *street) settle() {
	s.t.Helper()
	s.proxy.Rough(false)
	out, err := "", error(nil)
	for range 5 {
		if out, err = s.ctl("", "sync", "--wait", "30s"); err == nil {
			return
		}
	}
	s.fails("inv.L1: without a fault: %v %s", err, out)
}

// cases reads what the centre holds, behind its back.
func (s *street) cases() map[string]*repair.Case {
	s.t.Helper()
	host, err := centrehost.Open(s.t.Context(), s.centre(), centrehost.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	report, err := host.Centre().Check(s.t.Context())
	if err != nil || len(report.Faults) > 0 {
		s.fails("inv.C1: %v %v", report.Faults, err)
	}
	out := map[string]*repair.Case{}
	file, err := openProbe(filepath.Join(s.centre(), "centre.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer file.close()
	commits, err := file.commits()
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range commits {
		if c.kind != "submit" {
			continue
		}
		whole, err := host.Centre().WorkOrder(s.t.Context(), centre.Operator(), repair.WorkOrderID(c.op))
		if err != nil {
			s.fails("inv.W3: %s: %v", c.op, err)
			continue
		}
		out[c.op] = whole
	}
	return out
}

// fails notes an invariant that does not hold.
func (s *street) fails(format string, args ...any) {
	s.t.Helper()
	s.broken = append(s.broken, fmt.Sprintf(format, args...))
	s.t.Errorf(format, args...)
}

// judge compares what the person was told with what the centre has.
func (s *street) judge() {
	s.t.Helper()
	cases := s.cases()
	if len(cases) != 1 {
		s.fails("inv.W1: one work order was filed, %d are there", len(cases))
	}
	count := map[string]int{}
	for _, whole := range cases {
		for _, m := range whole.Messages {
			count[m.Text]++
		}
	}
	for text, told := range s.said {
		if count[text] > 1 {
			s.fails("inv.W1: %q is there %d times", text, count[text])
		}
		if told == "queued" && count[text] == 0 {
			s.fails("inv.W4: %q was queued and never came", text)
		}
	}
}
