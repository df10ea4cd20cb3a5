package printer

import (
	"errors"
	"io"
	"net"
	"testing"
	"time"
)

// answerOf is what a ZPL printer says to ~HS: three lines between STX and ETX.
func answerOf(first, second string) string {
	return "\x02" + first + "\x03\r\n\x02" + second + "\x03\r\n\x021234,0\x03\r\n"
}

func TestAZPLPrinterSaysHowItIs(t *testing.T) {
	tests := []struct {
		name, first, second string
		want                Status
	}{
		{"ready", "030,0,0,1245,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,6,0,00000000,1,000", Status{}},
		{"no paper", "030,1,0,1245,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,6,0,00000000,1,000", Status{PaperOut: true}},
		{"paused with three labels to go", "030,0,1,1245,003,0,0,0,000,0,0,0", "000,0,0,0,0,2,6,0,00000000,1,000", Status{Paused: true, Waiting: 3}},
		{"head open, ribbon out, buffer full", "030,0,0,1245,000,1,0,0,000,0,0,0", "000,0,1,1,0,2,6,0,00000000,1,000", Status{HeadOpen: true, RibbonOut: true, Full: true}},
	}
	for _, test := range tests {
		asked := make(chan string, 1)
		address := listen(t, func(conn net.Conn) {
			defer conn.Close()
			question := make([]byte, 5)
			_, _ = io.ReadFull(conn, question)
			asked <- string(question)
			_, _ = io.WriteString(conn, answerOf(test.first, test.second))
		})
		got, err := AskStatus(t.Context(), address, Usual)
		if err != nil || got != test.want || got.Ready() != (test.want == Status{}) {
			t.Errorf("%s: %+v, %v", test.name, got, err)
		}
		if q := <-asked; q != "~HS\r\n" {
			t.Errorf("asked %q", q)
		}
	}
}

// Most printers of other makers answer nothing: that is no fault.
func TestAPrinterThatGivesNoAnswer(t *testing.T) {
	done := make(chan struct{})
	defer close(done)
	address := listen(t, func(conn net.Conn) { <-done; conn.Close() })
	if _, err := AskStatus(t.Context(), address, Patience{Dial: time.Second, Reply: 20 * time.Millisecond}); !errors.Is(err, ErrSilent) {
		t.Errorf("error is %v", err)
	}
	for _, nonsense := range []string{"", "\x02\x03\x02\x03\x02\x03", "\x021,2\x03\x02,,,\x03\x02\x03", answerOf("030,0,0,1245,x,0", "000,0,0,0")} {
		if s, err := readStatus([]byte(nonsense)); !errors.Is(err, ErrSilent) {
			t.Errorf("%q: %+v, %v", nonsense, s, err)
		}
	}
}

func FuzzStatus(f *testing.F) {
	f.Add([]byte(answerOf("030,0,0,1245,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,6,0,00000000,1,000")))
	f.Fuzz(func(t *testing.T, answer []byte) { _, _ = readStatus(answer) })
}
