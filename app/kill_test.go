package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"hashmend/backend/centrehost"
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// childEnv makes this test binary a desk that files one work order and then
// waits to be killed: folder, address and invite, in this order.
const childEnv = "HASHMEND_TEST_DESK"

func TestMain(m *testing.M) {
	if what := os.Getenv(childEnv); what != "" {
		if err := fileAndWait(strings.Fields(what)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// fileAndWait is the life of the child. Its clock is past the hold.
func fileAndWait(args []string) error {
	ahead := &clock{}
	a, err := Open(Config{Version: "test", Dir: args[0], Now: ahead.Now})
	if err != nil {
		return err
	}
	if _, err := (&Start{a}).Connect(desk.ConnectRequest{URL: args[1], Invite: args[2]}); err != nil {
		return err
	}
	drafts := &Drafts{a}
	d, err := drafts.Create("")
	if err != nil {
		return err
	}
	if _, err := drafts.SetHeader(d.ID, sound); err != nil {
		return err
	}
	if _, err := drafts.Scan(d.ID, "JX26016P3YD25TS"); err != nil {
		return err
	}
	rows, err := drafts.Rows(d.ID, 0, 1)
	if err != nil {
		return err
	}
	if _, err := drafts.Edit(d.ID, []desk.CellEdit{
		{Row: rows.Rows[0].ID, Column: "model", Value: "X16-Q"}, {Row: rows.Rows[0].ID, Column: "complaint", Value: "no hash"},
	}); err != nil {
		return err
	}
	if _, err := drafts.Send(d.ID); err != nil {
		return err
	}
	ahead.pass(time.Minute)
	a.inside.Load().wake()
	select {}
}

// A desk that is killed while its work order is on the way sends it again at the
// next start, and it exists once: killed before the centre has it, and after the
// centre has committed it (faults 2, 3 and 4).
func TestADeskKilledWhileSendingFilesOnce(t *testing.T) {
	for _, committed := range []bool{false, true} {
		t.Run(fmt.Sprintf("committed=%v", committed), func(t *testing.T) {
			t.Parallel()
			host, err := centrehost.Open(t.Context(), t.TempDir(), centrehost.Options{Loopback: true})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = host.Close() })
			arrived, killed := make(chan struct{}), make(chan struct{})
			var once sync.Once
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodPut {
					host.Handler().ServeHTTP(w, r)
					return
				}
				first := false
				once.Do(func() { first = true })
				if !first {
					host.Handler().ServeHTTP(w, r)
					return
				}
				if committed {
					host.Handler().ServeHTTP(httptest.NewRecorder(), r)
				}
				close(arrived)
				<-killed
				panic(http.ErrAbortHandler)
			}))
			t.Cleanup(server.Close) // after the desk: it keeps a line open
			dir := t.TempDir()
			kill(t, arrived, killed, dir, server.URL, invited(t, host))

			ahead := &clock{}
			ahead.pass(time.Minute)
			a := opened(t, func(c *Config) { c.Dir, c.Now = dir, ahead.Now })
			eventually(t, a, "it is filed after all", func() bool {
				return must[desk.SyncStatus](t)((&Sync{a}).Now()).State == "up_to_date"
			})
			page := must[desk.OrderPage](t)((&Orders{a}).List(desk.OrderQuery{Limit: 10}))
			if page.Total != 1 || page.Rows[0].Stage != repair.StageSubmitted || page.Rows[0].Devices != 1 {
				t.Errorf("work orders %+v", page)
			}
			report, err := host.Centre().Check(t.Context())
			if err != nil || report.WorkOrders != 1 || len(report.Faults) > 0 {
				t.Errorf("the centre: %+v, %v", report, err)
			}
		})
	}
}

// kill runs a desk until its work order is at the centre and kills it there.
func kill(t *testing.T, arrived <-chan struct{}, killed chan<- struct{}, dir, url, invite string) {
	t.Helper()
	defer close(killed)
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childEnv+"="+strings.Join([]string{dir, url, invite}, " "))
	child.Stderr = os.Stderr
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- child.Wait() }()
	select {
	case <-arrived:
	case err := <-ended:
		t.Fatalf("the desk ended by itself: %v", err)
	case <-time.After(30 * time.Second):
		t.Error("the desk sent nothing")
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-ended
}
