package client_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"hashmend/backend/client"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// answers is a line on which somebody says exactly these bytes.
type answers func(r *http.Request) *http.Response

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) { return a(r), nil }

// saying answers everything with a body of a kind.
func saying(kind, packing string, body io.Reader) answers {
	return func(r *http.Request) *http.Response {
		header := http.Header{"Content-Type": {kind}, wire.HeaderServer: {"s1"}}
		if packing != "" {
			header.Set("Content-Encoding", packing)
		}
		return &http.Response{StatusCode: 200, ProtoMajor: 1, ProtoMinor: 1, Header: header, Body: io.NopCloser(body), ContentLength: -1, Request: r}
	}
}

func snapshotOf(t *testing.T, packing string, body io.Reader) (rows int, err error) {
	t.Helper()
	c := to(t, client.Options{BaseURL: "https://centre.test", ServerID: "s1", HTTP: saying(wire.TypeNDJSON, packing, body)})
	err = c.Snapshot(t.Context(), "", wire.RowKey{}, func(_ wire.SnapshotHead, some []wire.Row) error {
		rows += len(some)
		return nil
	})
	return rows, err
}

func packedAs(t *testing.T, text string, options ...zstd.EOption) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out, options...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAPackedSnapshotThatIsCutIsNotWhole(t *testing.T) {
	whole := packedAs(t, lines(500))
	if rows, err := snapshotOf(t, "zstd", bytes.NewReader(whole)); err != nil || rows != 500 {
		t.Fatalf("%d rows %v", rows, err)
	}
	for cut := 0; cut < len(whole); cut += 1 + len(whole)/50 {
		if kind, _ := codeOf(second(snapshotOf(t, "zstd", bytes.NewReader(whole[:cut])))); kind != repair.Offline {
			t.Errorf("cut at byte %d of %d: %s", cut, len(whole), kind)
		}
	}
	for name, packing := range map[string]string{"a packing that nobody knows": "br", "another packing than it says": "gzip"} {
		if kind, _ := codeOf(second(snapshotOf(t, packing, bytes.NewReader(whole)))); kind != repair.Offline {
			t.Errorf("%s: %s", name, kind)
		}
	}
}

func second(_ int, err error) error { return err }

// A few kilobytes become gigabytes, or ask for that much memory.
func TestABombIsGivenUp(t *testing.T) {
	long := packedAs(t, `{"h":1,"at":"c1"}`+"\n"+strings.Repeat("x", 256<<20))
	wide := packedAs(t, lines(100)+strings.Repeat("y", 40<<20), zstd.WithWindowSize(32<<20), zstd.WithSingleSegment(false))
	for name, bomb := range map[string][]byte{"a line without an end": long, "a window of 32 MB": wide} {
		if len(bomb) > 1<<20 {
			t.Fatalf("%s is no bomb: %d bytes", name, len(bomb))
		}
		if kind, _ := codeOf(second(snapshotOf(t, "zstd", bytes.NewReader(bomb)))); kind != repair.Offline {
			t.Errorf("%s: %s", name, kind)
		}
	}
}

// A page is read whole: there is a size beyond which it is not.
func TestAPageBeyondAllMeasureIsGivenUp(t *testing.T) {
	body := io.MultiReader(strings.NewReader(`{"from":"","next":"c1","rows":[{"t":"device","id":"d1","rev":1,"d":"`), io.LimitReader(&endless{}, 140<<20), strings.NewReader(`"}]}`))
	c := to(t, client.Options{BaseURL: "https://centre.test", ServerID: "s1", HTTP: saying(wire.TypeJSON, "", body)})
	_, err := c.Changes(t.Context(), "", 0)
	if kind, _ := codeOf(err); kind != repair.Offline {
		t.Errorf("got %v", err)
	}
}

// TestAnAnswerOfAnotherLengthThanItSaysIsNotBelieved: more is promised than comes,
// or less.
func TestAnAnswerOfAnotherLengthThanItSaysIsNotBelieved(t *testing.T) {
	page := `{"from":"","rows":[],"next":"abc","more":false}`
	for name, length := range map[string]int{"too long": len(page) + 10, "too short": len(page) - 10} {
		t.Run(name, func(t *testing.T) {
			line, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = line.Close() }()
			go func() {
				for {
					c, err := line.Accept()
					if err != nil {
						return
					}
					_, _ = http.ReadRequest(bufio.NewReader(c))
					_, _ = fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%s: s1\r\nContent-Length: %d\r\n\r\n%s", wire.HeaderServer, length, page)
					_ = c.Close()
				}
			}()
			c := to(t, client.Options{BaseURL: "http://" + line.Addr().String(), ServerID: "s1"})
			_, err = c.Changes(t.Context(), "", 0)
			if kind, _ := codeOf(err); kind != repair.Offline {
				t.Errorf("a page: %v", err)
			}
			if err := c.File(t.Context(), wire.Fingerprint([]byte(page)), &bytes.Buffer{}); err == nil {
				t.Error("a file is believed")
			}
		})
	}
}

func FuzzChanges(f *testing.F) {
	f.Add([]byte(`{"from":"","rows":[{"t":"device","id":"1","rev":8,"d":{}},{"t":"device","id":"2","rev":9,"del":true}],"next":"abc","more":true}`), "")
	f.Add([]byte(`{"from":"c1","rows":null,"next":"c1"}`), "c1")
	f.Add([]byte(`{"from":"","rows":[{"t":"__proto__","id":"../../x","rev":9223372036854775807,"d":`+strings.Repeat("[", 50)+strings.Repeat("]", 50)+`}],"next":"a"}`), "")
	f.Fuzz(func(t *testing.T, body []byte, since string) {
		c, err := client.New(client.Options{BaseURL: "https://centre.test", ServerID: "s1", HTTP: saying(wire.TypeJSON, "", bytes.NewReader(body))})
		if err != nil {
			t.Fatal(err)
		}
		page, err := c.Changes(context.Background(), wire.Cursor(since), 0)
		if err != nil {
			if kind, _ := codeOf(err); kind != repair.Offline {
				t.Errorf("%q is %v", body, err)
			}
			return
		}
		if string(page.From) != since || page.Next == "" || !json.Valid(body) {
			t.Errorf("%q is believed behind %q", body, since)
		}
		for n := 1; n < len(page.Rows); n++ {
			if page.Rows[n].Rev < page.Rows[n-1].Rev {
				t.Errorf("rev %s follows", strconv.FormatInt(page.Rows[n].Rev, 10))
			}
		}
	})
}
