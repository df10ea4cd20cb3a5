package label

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"testing"
)

// engine is shared: fonts are parsed once for all tests.
var engine = sync.OnceValue(func() *Engine {
	e, err := Open()
	if err != nil {
		panic(err)
	}
	return e
})

func boxZH() BoxLabel {
	return BoxLabel{
		Host: "rma.jasmine.cn", WorkOrder: "JM-2026-004711", N: 3, Of: 12,
		Serials: serials(5), Models: "Jasminer X16-Q ×3, X4 ×2", Sender: "内蒙古二号矿场",
		CentreName:      "茉莉售后中心",
		CentreAddressZH: "广东省深圳市宝安区航城街道黄田社区甲岸路12号工业园B栋3楼302室 售后部 龚旻珺收",
		CentreAddressEN: "Room 302, 3/F, Building B, 12 Jia'an Road, Huangtian, Bao'an District, Shenzhen 518128, China",
		CentrePhone:     "+86 755 2345 6789", Carrier: "顺丰速运", Waybill: "SF1234567890123",
	}
}

func boxRU() BoxLabel {
	b := boxZH()
	b.N, b.Of = 1, 1
	b.Sender = "ООО «Сибирские вычисления»"
	b.CentreName = "Сервисный центр «Жасмин»"
	b.CentreAddressZH = ""
	b.CentreAddressEN = "Россия, 664007, г. Иркутск, ул. Декабрьских Событий, д. 125, офис 14; Қазақстан, Астана"
	b.Carrier, b.Waybill = "", ""
	return b
}

func draftBox() BoxLabel {
	b := boxZH()
	b.Draft, b.WorkOrder = true, ""
	return b
}

func deviceZH() DeviceLabel {
	return DeviceLabel{
		Host: "rma.jasmine.cn", WorkOrder: "JM-2026-004711", Serial: "JSMX16Q24A00129", Model: "Jasminer X16-Q",
		Complaint: "不开机，电源灯不亮 / dead after a storm", N: 3, Of: 12, Sender: "Ferme Québec",
	}
}

func manifestOf(boxes, each int) Manifest {
	m := Manifest{
		Host: "rma.jasmine.cn", WorkOrder: "JM-2026-004711", CustomerReference: "PO 2026/77-A", Sender: "ООО «Сибирские вычисления»",
		CentreName: "茉莉售后中心", Date: "2026-11-22",
	}
	complaints := []string{"不开机", "Не включается после грозы, индикатор питания не горит, вентиляторы молчат", "hash rate drops after ten minutes", ""}
	for n := 1; n <= boxes; n++ {
		box := ManifestBox{N: n, Waybill: "顺丰速运 SF1234567890123"}
		for i := range each {
			box.Devices = append(box.Devices, ManifestDevice{Serial: fmt.Sprintf("JSMX16Q24A%02d%03d", n, i), Model: "Jasminer X16-Q", Complaint: complaints[i%len(complaints)]})
		}
		m.Boxes = append(m.Boxes, box)
	}
	return m
}

func serials(n int) []string {
	var s []string
	for i := range n {
		s = append(s, fmt.Sprintf("JSMX16Q24A%05d", i))
	}
	return s
}

// documents is every fixture, laid out.
var documents = sync.OnceValue(func() map[string][]Page {
	e, docs := engine(), map[string][]Page{}
	one := func(name string, page Page, err error) {
		if err != nil {
			panic(fmt.Sprint(name, ": ", err))
		}
		docs[name] = []Page{page}
	}
	page, err := e.BoxLabel(boxZH())
	one("box_zh", page, err)
	page, err = e.BoxLabel(boxRU())
	one("box_ru", page, err)
	page, err = e.BoxLabel(draftBox())
	one("box_draft", page, err)

	device := deviceZH()
	page, err = e.DeviceLabel(device)
	one("device_small", page, err)
	device.Draft = true
	page, err = e.DeviceLabel(device)
	one("device_small_draft", page, err)
	device.Draft, device.Large = false, true
	page, err = e.DeviceLabel(device)
	one("device_large", page, err)
	device.Large, device.Complaint, device.N = false, "الجهاز لا يعمل بعد العاصفة", 0
	page, err = e.DeviceLabel(device)
	one("device_ar", page, err)

	device = deviceZH()
	device.Host, device.WorkOrder, device.Serial = "aftersales.repair-partner.example.com", "RP-KZ-2026-00471234", "JSMX16QPRO24A00129XYZ0042"
	device.Model, device.Draft = "Jasminer X16-Q Pro Server, 1,950 MH/s, 8 GB", true
	page, err = e.DeviceLabel(device)
	one("device_long", page, err)

	many := func(name string, layOut func(Backend) error) {
		var all Pages
		if err := layOut(&all); err != nil {
			panic(fmt.Sprint(name, ": ", err))
		}
		docs[name] = all
	}
	many("manifest", func(out Backend) error { return e.Manifest(manifestOf(6, 9), out) })
	many("manifest_draft", func(out Backend) error {
		m := manifestOf(1, 3)
		m.Draft, m.WorkOrder = true, ""
		return e.Manifest(m, out)
	})
	many("guidance_en", func(out Backend) error { return e.Guidance(Guidance{Lang: "en"}, out) })
	many("guidance_zh", func(out Backend) error {
		return e.Guidance(Guidance{Lang: "zh-Hans", WorkOrder: "JM-2026-004711"}, out)
	})
	for _, lang := range []string{"ru", "es", "ar"} {
		many("guidance_"+lang, func(out Backend) error { return e.Guidance(Guidance{Lang: lang, WorkOrder: "JM-2026-004711"}, out) })
	}
	for _, lang := range []string{"ru", "ar"} {
		box, m := boxZH(), manifestOf(2, 2)
		box.Language, m.Language = lang, lang
		page, err = e.BoxLabel(box)
		one("box_in_"+lang, page, err)
		many("manifest_in_"+lang, func(out Backend) error { return e.Manifest(m, out) })
	}
	for lang, words := range map[string]string{
		"vi": "Máy không khởi động sau cơn giông, quạt vẫn quay", "th": "เครื่องไม่ทำงานหลังพายุฝน ไฟไม่ติด", "kk": "Құрылғы найзағайдан кейін қосылмайды",
	} {
		device := deviceZH()
		device.Complaint = words
		page, err = e.DeviceLabel(device)
		one("device_"+lang, page, err)
	}
	for name, lang := range map[string]string{"marks-a5": "en", "inspection-a4": "ar", "quote-a4": "ru", "receipt-a4": "zh", "bench-100x150": "en"} {
		many(name, func(out Backend) error {
			t, err := e.Templates().Template(name)
			if err != nil {
				return err
			}
			return e.Document(t, t.Sample, Print{Language: lang}, out)
		})
	}
	many("sheet", func(out Backend) error {
		stock, _ := StockByID("a4_small_18")
		sheet, err := NewSheet(stock, 17, out)
		if err != nil {
			return err
		}
		for range 5 {
			if err := sheet.Page(docs["device_small"][0]); err != nil {
				return err
			}
		}
		return sheet.Close()
	})
	many("sheet_large", func(out Backend) error {
		stock, _ := StockByID("a4_large_2")
		sheet, err := NewSheet(stock, 1, out)
		if err != nil {
			return err
		}
		for _, name := range []string{"box_zh", "box_ru", "device_large"} {
			if err := sheet.Page(docs[name][0]); err != nil {
				return err
			}
		}
		return sheet.Close()
	})
	return docs
})

// eachDocument runs a subtest for every fixture, in order.
func eachDocument(t *testing.T, test func(t *testing.T, name string, doc []Page)) {
	docs := documents()
	names := make([]string, 0, len(docs))
	for name := range docs {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		t.Run(name, func(t *testing.T) { test(t, name, docs[name]) })
	}
}

// writePDF writes pages to a file and answers its path.
func writePDF(t testing.TB, doc []Page) string {
	t.Helper()
	var b bytes.Buffer
	err := engine().WritePDF(&b, "Label test 标签", func(out Backend) error {
		for _, page := range doc {
			if err := out.Page(page); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "out.pdf")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// tool runs a program that judges our output from outside.
func tool(t testing.TB, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, stderr.String())
	}
	return string(out)
}

// codesOf lists the payloads drawn on a page.
func codesOf(page Page) []string {
	var codes []string
	for _, item := range page.Items {
		if q, ok := item.(QR); ok {
			codes = append(codes, q.Code.Payload)
		}
	}
	sort.Strings(codes)
	return codes
}

// scan lists what zbarimg reads in a picture.
func scan(t testing.TB, picture string) []string {
	t.Helper()
	out := strings.TrimSpace(tool(t, "zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture))
	codes := strings.Split(out, "\n")
	sort.Strings(codes)
	return codes
}

// scanMany is what zbarimg reads in several pictures; that it reads nothing in
// some is for the caller to judge.
func scanMany(t testing.TB, args []string) string {
	t.Helper()
	cmd := exec.Command("zbarimg", args...)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out)
}
