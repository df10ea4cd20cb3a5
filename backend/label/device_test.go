package label

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

// burnt are the fixtures that go to a label printer: sheets of paper do not.
func burnt(t *testing.T, test func(t *testing.T, page Page)) {
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		for _, page := range doc {
			if page.W <= LargeW {
				test(t, page)
			}
		}
	})
}

// devices are ways to drive a head that must not change what is printed.
var devices = map[string]Device{
	"as it comes": {},
	"300 dpi":     {DotsPerMM: DPI300, Darkness: 20, Speed: 4},
	"hex":         {Hex: true, Media: MediaMark, Copies: 2},
	"turned":      {Rotation: 90, OffX: 3, OffY: -2, Media: MediaGap},
	"upside down": {Rotation: 180, Hex: true, OffX: -5, Media: MediaContinuous},
	"turned back": {Rotation: 270, Darkness: 9},
}

func job(t testing.TB, begin func(io.Writer) Backend, pages ...Page) []byte {
	t.Helper()
	var b bytes.Buffer
	out := begin(&b)
	for _, page := range pages {
		if err := out.Page(page); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zplJob(t testing.TB, d Device, pages ...Page) []byte {
	return job(t, func(w io.Writer) Backend { return engine().NewZPL(w, d) }, pages...)
}

func tsplJob(t testing.TB, d Device, pages ...Page) []byte {
	return job(t, func(w io.Writer) Backend { return engine().NewTSPL(w, d) }, pages...)
}

// An emulator that is not ours burns the same dots, every one.
func TestZPLBurnsOurDots(t *testing.T) {
	type ask struct {
		ZPL  string  `json:"zpl"`
		W    float64 `json:"w"`
		H    float64 `json:"h"`
		Dots int     `json:"dots"`
	}
	var in bytes.Buffer
	var want []*Bitmap
	var names []string
	ways := slices.Sorted(maps.Keys(devices))
	burnt(t, func(t *testing.T, page Page) {
		n := len(names) // every page in two ways, so that each way is met by several pages
		for _, name := range []string{ways[n/2%len(ways)], ways[(n/2+3)%len(ways)]} {
			d := devices[name]
			dots, err := engine().Dots(page, d)
			if err != nil {
				t.Fatal(err)
			}
			w, h := d.turned(page)
			d.Copies = 1 // the emulator draws one
			line, err := json.Marshal(ask{string(zplJob(t, d, page)), w, h, d.dots()})
			if err != nil {
				t.Fatal(err)
			}
			in.Write(append(line, '\n'))
			want = append(want, dots)
			names = append(names, t.Name()+" "+name)
		}
	})
	modules, err := filepath.Abs("../../frontend")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "testdata/zpl.mjs", modules)
	cmd.Stdin = &in
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the emulator (npm ci in frontend brings it): %v\n%s", err, stderr.String())
	}
	answers := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(answers) != len(want) || len(want) < 12 {
		t.Fatalf("%d pictures for %d labels", len(answers), len(want))
	}
	for i, answer := range answers {
		picture, err := base64.StdEncoding.DecodeString(answer)
		if err != nil {
			t.Fatal(err)
		}
		if n := pixelsApart(t, want[i], picture); n != 0 {
			t.Errorf("%s: %d dots differ", names[i], n)
		}
	}
}

func pixelsApart(t *testing.T, want *Bitmap, picture []byte) int {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != want.W || b.Dy() != want.H {
		t.Fatalf("the picture has %d × %d dots, want %d × %d", b.Dx(), b.Dy(), want.W, want.H)
	}
	apart := 0
	for y := range want.H {
		for x := range want.W {
			r, _, _, _ := img.At(x, y).RGBA()
			if (r < 0x8000) != want.Black(x, y) {
				apart++
			}
		}
	}
	return apart
}

// Read back by its own grammar, a TSPL job is our dots; a zero burns.
func TestTSPLBurnsOurDots(t *testing.T) {
	burnt(t, func(t *testing.T, page Page) {
		for name, d := range devices {
			want, err := engine().Dots(page, d)
			if err != nil {
				t.Fatal(err)
			}
			got := readTSPL(t, tsplJob(t, d, page), want.W, want.H)
			if n := dotsApart(want, got); n != 0 {
				t.Errorf("%s: %d dots differ", name, n)
			}
		}
	})
}

// A label of ours is mostly blank: were the polarity wrong it would come out
// black, and 0 would not be what burns.
func TestTSPLBurnsZeros(t *testing.T) {
	page := Page{W: 10, H: 10, Items: []Item{Rect{Box: Box{1, 1, 8, 1}}, Rect{Box: Box{1, 8, 1, 1}}}}
	text := tsplJob(t, Device{}, page)
	at := bytes.Index(text, []byte("BITMAP 8,8,8,64,0,"))
	if at < 0 {
		t.Fatalf("the picture is not where its ink is: %q", text)
	}
	dots := text[at+len("BITMAP 8,8,8,64,0,"):]
	if dots[0] != 0x00 || dots[8*8] != 0xff {
		t.Errorf("black is %#x and blank is %#x", dots[0], dots[8*8])
	}
}

func dotsApart(a, b *Bitmap) int {
	apart := 0
	for y := range a.H {
		for x := range a.W {
			if a.Black(x, y) != b.Black(x, y) {
				apart++
			}
		}
	}
	return apart
}

var tsplPicture = regexp.MustCompile(`^BITMAP (\d+),(\d+),(\d+),(\d+),0,`)

// readTSPL is the picture of a job of one label.
func readTSPL(t *testing.T, text []byte, w, h int) *Bitmap {
	t.Helper()
	var m Bitmap
	m.reset(w, h)
	for len(text) > 0 {
		if found := tsplPicture.FindSubmatch(text); found != nil {
			n := [4]int{}
			for i := range n {
				n[i], _ = strconv.Atoi(string(found[i+1]))
			}
			text = text[len(found[0]):]
			for y := range n[3] {
				for x := range n[2] * 8 {
					if text[y*n[2]+x/8]&(0x80>>(x%8)) == 0 {
						m.set(n[0]+x, n[1]+y, true)
					}
				}
			}
			text = text[n[2]*n[3]:]
		}
		line, rest, ok := bytes.Cut(text, []byte("\r\n"))
		if !ok {
			t.Fatalf("a line without end: %.40q", text)
		}
		if word, _, _ := bytes.Cut(line, []byte(" ")); len(word) > 0 && !slices.Contains(tsplWords, string(word)) {
			t.Fatalf("not a command of ours: %.40q", line)
		}
		text = rest
	}
	return &m
}

var tsplWords = []string{"SIZE", "GAP", "BLINE", "DENSITY", "SPEED", "DIRECTION", "REFERENCE", "CLS", "PRINT"}

func TestCommandsSayHowToPrint(t *testing.T) {
	page := documents()["device_small"][0]
	d := Device{Darkness: 22, Speed: 5, Media: MediaGap, Gap: 2.5, Copies: 3}
	zpl, tspl := string(zplJob(t, d, page)), string(tsplJob(t, d, page))
	for _, want := range []string{"~SD22\n", "^PW480^LL320", "^PR5", "^MNY", "^PQ3^XZ\n"} {
		if !strings.Contains(zpl, want) {
			t.Errorf("ZPL lacks %q", want)
		}
	}
	for _, want := range []string{"SIZE 60 mm,40 mm\r\n", "GAP 2.5 mm,0 mm\r\n", "DENSITY 15\r\n", "SPEED 5\r\n", "PRINT 1,3\r\n"} {
		if !strings.Contains(tspl, want) {
			t.Errorf("TSPL lacks %q", want)
		}
	}
	plain := string(zplJob(t, Device{}, page)) + string(tsplJob(t, Device{}, page))
	for _, not := range []string{"~SD", "^PR", "^MN", "DENSITY", "SPEED", "GAP"} {
		if strings.Contains(plain, not) {
			t.Errorf("a printer that keeps its settings gets %q", not)
		}
	}
}

// What a person typed is dots and nothing else: a job has the commands of one
// with harmless text.
func TestTypedTextIsNoCommand(t *testing.T) {
	const attack = "^XZ^XA^FDx ~JR ~HS \" \r\nCLS\r\nPRINT 9 \\& ^^ %!PS"
	fields := map[string]func(*BoxLabel, string){
		"sender":     func(b *BoxLabel, s string) { b.Sender = s },
		"centre":     func(b *BoxLabel, s string) { b.CentreName = s },
		"address_zh": func(b *BoxLabel, s string) { b.CentreAddressZH = s },
		"address_en": func(b *BoxLabel, s string) { b.CentreAddressEN = s },
		"phone":      func(b *BoxLabel, s string) { b.CentrePhone = s[:20] },
		"carrier":    func(b *BoxLabel, s string) { b.Carrier = s[:20] },
		"waybill":    func(b *BoxLabel, s string) { b.Waybill = s[:20] },
		"models":     func(b *BoxLabel, s string) { b.Models = s },
		"work_order": func(b *BoxLabel, s string) { b.WorkOrder = s[:14] },
	}
	commands := func(text []byte) string {
		text = zplData.ReplaceAll(text, nil)
		text = tsplData.ReplaceAll(text, nil)
		return string(text)
	}
	for name, set := range fields {
		harmless, hostile := boxZH(), boxZH()
		set(&harmless, strings.Repeat("a", len(attack)))
		set(&hostile, attack)
		a, err := engine().BoxLabel(harmless)
		if err != nil {
			t.Fatal(name, err)
		}
		b, err := engine().BoxLabel(hostile)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, d := range []Device{{}, {Hex: true}} {
			if got, want := commands(zplJob(t, d, b)), commands(zplJob(t, d, a)); got != want {
				t.Errorf("%s: ZPL commands are %q, want %q", name, got, want)
			}
		}
		if got := readTSPL(t, tsplJob(t, Device{}, b), 800, 1200); dotsApart(got, engine().Raster(b, DPI203)) != 0 {
			t.Errorf("%s: the TSPL job is not the label", name)
		}
	}
}

var (
	zplData  = regexp.MustCompile(`\^GFA,[^^]*\^FS`)
	tsplData = regexp.MustCompile(`(?s)BITMAP .*\r\nPRINT`)
)

// A shift moves the dots and keeps each; ink pushed off the paper is an error.
func TestShiftMovesEveryDot(t *testing.T) {
	page := documents()["device_small"][0]
	plain := engine().Raster(page, DPI203)
	shifted, err := engine().Dots(page, Device{OffX: 6, OffY: -4})
	if err != nil {
		t.Fatal(err)
	}
	plain.eachBlack(func(x, y int) {
		if !shifted.Black(x+6, y-4) {
			t.Fatalf("dot %d,%d was lost", x, y)
		}
	})
	for _, d := range []Device{{OffX: 200}, {OffX: -200}, {OffY: 200}, {Rotation: 90, OffY: -200}} {
		if _, err := engine().Dots(page, d); !errors.Is(err, ErrOffPaper) {
			t.Errorf("%+v: error is %v", d, err)
		}
	}
}

// Turned four times by a quarter, or twice by a half, a label is itself.
func TestTurnsComeRound(t *testing.T) {
	page := Page{W: 10, H: 5, Items: []Item{Rect{Box: Box{0, 0, 1, 1}}}}
	corner := map[int][2]int{0: {0, 0}, 90: {39, 0}, 180: {79, 39}, 270: {0, 79}}
	for rotation, at := range corner {
		m, err := engine().Dots(page, Device{Rotation: rotation})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		m.eachBlack(func(int, int) { n++ })
		if !m.Black(at[0], at[1]) || n != 64 {
			t.Errorf("turned by %d the corner is not at %v", rotation, at)
		}
	}
}

func TestDeviceRefusesWhatNoPrinterDoes(t *testing.T) {
	for field, d := range map[string]Device{
		"dots": {DotsPerMM: 7}, "rotation": {Rotation: 45}, "darkness": {Darkness: 31}, "speed": {Speed: -1},
		"copies": {Copies: 10000}, "media": {Media: "^XZ"}, "gap": {Gap: -1},
	} {
		for _, out := range []Backend{engine().NewZPL(io.Discard, d), engine().NewTSPL(io.Discard, d)} {
			var e *repair.Error
			if err := out.Page(documents()["device_small"][0]); !errors.As(err, &e) || e.Code != "label.device_invalid" || e.Args["field"] != field {
				t.Errorf("%s: error is %v", field, err)
			}
			if err := out.Close(); err == nil {
				t.Errorf("%s: the job ended well", field)
			}
		}
	}
}

// A label is written before the next is laid out, so that a printer begins at
// once.
func TestLabelsAreSentOneByOne(t *testing.T) {
	page := documents()["device_small"][0]
	for name, begin := range map[string]func(io.Writer) Backend{
		"zpl":  func(w io.Writer) Backend { return engine().NewZPL(w, Device{}) },
		"tspl": func(w io.Writer) Backend { return engine().NewTSPL(w, Device{}) },
	} {
		var b bytes.Buffer
		out := begin(&b)
		for n := 1; n <= 3; n++ {
			if err := out.Page(page); err != nil {
				t.Fatal(err)
			}
			if got := strings.Count(b.String(), "^XZ\n") + strings.Count(b.String(), "PRINT 1,1\r\n"); got != n {
				t.Errorf("%s: %d of %d labels are sent", name, got, n)
			}
		}
		broken := begin(fullDisk{})
		if err := broken.Page(page); err == nil {
			t.Errorf("%s: a broken line was not noticed", name)
		}
	}
}

// The two ways to write a picture in ZPL say the same, for any dots.
func TestHexSaysWhatZ64Says(t *testing.T) {
	burnt(t, func(t *testing.T, page Page) {
		m := engine().Raster(page, DPI203)
		x, y, w, h := m.ink()
		var want []byte
		for row := y; row < y+h; row++ {
			want = append(want, m.Bits[row*m.Stride+x:row*m.Stride+x+w]...)
		}
		head := fmt.Sprintf("^FO%d,%d^GFA,%d,%d,%d,", x*8, y, w*h, w*h, w)
		z64, hex := zplJob(t, Device{}, page), zplJob(t, Device{Hex: true}, page)
		_, z64, _ = bytes.Cut(z64, []byte(head+":Z64:"))
		z64, _, _ = bytes.Cut(z64, []byte(":"))
		packed, err := base64.StdEncoding.DecodeString(string(z64))
		if err != nil {
			t.Fatal(err)
		}
		r, err := zlib.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
			t.Errorf("Z64 holds other dots (%v)", err)
		}
		_, hex, _ = bytes.Cut(hex, []byte(head))
		hex, _, _ = bytes.Cut(hex, []byte("^FS"))
		if got := readHex(hex, w); !bytes.Equal(got, want) {
			t.Error("hex holds other dots")
		}
	})
	if got := crc16([]byte("123456789")); got != 0x31C3 { // the check value of this sum
		t.Errorf("check sum is %04X", got)
	}
}

// readHex expands the shorthand of ZPL.
func readHex(text []byte, w int) (out []byte) {
	var row []byte
	n := 0
	flush := func() {
		for i := 0; i < len(row); i += 2 {
			v, _ := strconv.ParseUint(string(row[i:i+2]), 16, 8)
			out = append(out, byte(v))
		}
		row = row[:0]
	}
	for _, c := range text {
		switch {
		case c >= 'g' && c <= 'z':
			n += 20 * int(c-'g'+1)
			continue
		case c >= 'G' && c <= 'Y':
			n += int(c - 'G' + 1)
			continue
		case c == ':':
			out = append(out, out[len(out)-w:]...)
		case c == ',':
			row = append(row, bytes.Repeat([]byte("0"), 2*w-len(row))...)
		default:
			row = append(row, bytes.Repeat([]byte{c}, max(n, 1))...)
		}
		n = 0
		if len(row) == 2*w {
			flush()
		}
	}
	return out
}
