package centrehost_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"hashmend/backend/centrehost"
	"hashmend/backend/client"
	"hashmend/backend/repair"
)

// asCentre tells this test's own program, started again, to be a centre: the
// folder. Its address follows in another variable.
const asCentre, atAddress = "CENTREHOST_TEST_CENTRE", "CENTREHOST_TEST_ADDRESS"

// process is a centre in a process of its own that can be killed.
type process struct {
	t            *testing.T
	dir, address string
	mu           sync.Mutex
	running      *exec.Cmd
}

func (p *process) start() {
	p.t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestAFileArrivesHoweverOftenTheCentreIsKilled$")
	c.Env = append(os.Environ(), asCentre+"="+p.dir, atAddress+"="+p.address)
	c.Stderr = os.Stderr
	said, err := c.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	if line, err := bufio.NewReader(said).ReadString('\n'); line != "listening\n" {
		p.t.Errorf("the centre says %q, %v", line, err)
	}
	p.running = c
}

// kill ends the centre without a word to it, and starts it again.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.running.Process.Kill()
	_ = p.running.Wait()
	p.start()
}

func (p *process) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.running.Process.Kill()
	_ = p.running.Wait()
}

// beCentre is what the process does.
func beCentre(dir, address string) {
	host, err := centrehost.Open(context.Background(), dir, centrehost.Options{})
	if err == nil {
		_, err = host.Listen(address)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	fmt.Println("listening")
	select {}
}

// badLine forwards connections and breaks each of them after some megabytes, in
// the middle of whatever is said. At each mark the centre is killed.
type badLine struct {
	to      string
	up      atomic.Int64
	marks   chan int64
	at      func()
	mu      sync.Mutex
	kills   int
	dice    *rand.Rand
	breaks  atomic.Int64
	handled sync.WaitGroup
	ended   chan struct{}
}

func (b *badLine) serve(l net.Listener) {
	for {
		from, err := l.Accept()
		if err != nil {
			return
		}
		b.handled.Go(func() { b.carry(from) })
	}
}

func (b *badLine) carry(from net.Conn) {
	defer func() { _ = from.Close() }()
	to, err := net.Dial("tcp", b.to)
	if err != nil {
		return // the centre is not up
	}
	defer func() { _ = to.Close() }()
	b.mu.Lock()
	left := 1<<20 + b.dice.Int64N(9<<20)
	b.mu.Unlock()
	go func() { _, _ = io.Copy(from, to); _ = from.Close() }()
	over := make(chan struct{})
	defer close(over)
	go func() { // a line that is only kept open is closed with the test
		select {
		case <-b.ended:
			_ = from.Close()
		case <-over:
		}
	}()
	_, err = io.CopyN(counting{to, b}, from, left)
	if err == nil {
		b.breaks.Add(1)
	}
}

// kill kills the centre once for each mark, whichever connection passes it.
func (b *badLine) kill() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at()
	b.kills++
}

// counting counts what goes up and kills the centre when a mark is passed.
type counting struct {
	io.Writer
	line *badLine
}

func (c counting) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	total := c.line.up.Add(int64(n))
	select {
	case mark := <-c.line.marks:
		if total >= mark {
			c.line.kill()
		} else {
			c.line.marks <- mark
		}
	default:
	}
	return n, err
}

// TestAFileArrivesHoweverOftenTheCentreIsKilled sends 50 MB over a line that
// breaks, to a centre that is killed three times: with a client of others and
// with ours.
func TestAFileArrivesHoweverOftenTheCentreIsKilled(t *testing.T) {
	if dir := os.Getenv(asCentre); dir != "" {
		beCentre(dir, os.Getenv(atAddress))
	}
	for name, send := range map[string]func(t *testing.T, url, token, serverID, path string, f repair.FileRef){
		"a stock tus client": stockUpload, "the desk's client": deskUpload,
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "centre")
			host, err := centrehost.Open(t.Context(), dir, centrehost.Options{})
			if err != nil {
				t.Fatal(err)
			}
			s := &shop{t: t, host: host}
			if s.url, err = host.Listen("127.0.0.1:0"); err != nil {
				t.Fatal(err)
			}
			ann := s.joins(repair.RoleCustomer, "Ann")
			if err := host.Close(); err != nil {
				t.Fatal(err)
			}

			free, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			centre := &process{t: t, dir: dir, address: free.Addr().String()}
			if err := free.Close(); err != nil {
				t.Fatal(err)
			}
			centre.start()
			defer centre.stop()

			seed := rand.Uint64()
			t.Logf("seed %d", seed)
			line := &badLine{to: centre.address, marks: make(chan int64, 3), dice: rand.New(rand.NewPCG(seed, 1)),
				ended: make(chan struct{}), at: centre.kill}
			for _, mark := range []int64{6 << 20, 22 << 20, 40 << 20} {
				line.marks <- mark
			}
			proxy, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			go line.serve(proxy)
			defer line.handled.Wait()
			defer func() { close(line.ended); _ = proxy.Close() }()

			data := make([]byte, 50<<20)
			stream := rand.NewChaCha8([32]byte{1})
			_, _ = stream.Read(data)
			copy(data, "\x89PNG\r\n\x1a\n")
			sum := sha256.Sum256(data)
			f := repair.FileRef{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(data)), Type: "image/png", Name: "board.png"}
			path := filepath.Join(t.TempDir(), "board.png")
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			send(t, "http://"+proxy.Addr().String(), ann.joined.Token, ann.joined.ServerID, path, f)

			var back bytes.Buffer
			c, err := client.New(client.Options{BaseURL: "http://" + centre.address, Token: ann.joined.Token, ServerID: ann.joined.ServerID})
			if err != nil {
				t.Fatal(err)
			}
			if err := c.File(t.Context(), f.SHA256, &back); err != nil || !bytes.Equal(back.Bytes(), data) {
				t.Errorf("what arrived is %d bytes, %v", back.Len(), err)
			}
			line.mu.Lock()
			kills := line.kills
			line.mu.Unlock()
			if kills != 3 || line.breaks.Load() < 3 {
				t.Errorf("killed %d times, the line broke %d times: that is no test", kills, line.breaks.Load())
			}
		})
	}
}

// stockUpload sends with tus-js-client, a development dependency of the front end.
func stockUpload(t *testing.T, url, token, _, path string, f repair.FileRef) {
	script, err := filepath.Abs(filepath.Join("testdata", "stock-client.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), "node", script, url+"/v1/uploads", token, path, f.SHA256)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// deskUpload tries again as the desk does, without its waiting.
func deskUpload(t *testing.T, url, token, serverID, path string, f repair.FileRef) {
	content, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = content.Close() }()
	c, err := client.New(client.Options{BaseURL: url, Token: token, ServerID: serverID})
	if err != nil {
		t.Fatal(err)
	}
	for err = errors.New("not tried"); err != nil; {
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
		err = c.Upload(t.Context(), f, content, nil)
	}
}
