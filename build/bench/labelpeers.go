package main

import (
	"encoding/csv"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"hashmend/backend/label/qr"
)

// labelColumns head the table that every label program reads.
var labelColumns = []string{"wo", "serial", "model", "zh", "ru", "en", "freight", "box", "weight", "date", "payload"}

// labelRows are packing labels of a farm, the same ones every time.
func labelRows(n int) [][]string {
	random := rand.New(rand.NewPCG(7, 7))
	pick := func(all ...string) string { return all[random.IntN(len(all))] }
	rows := make([][]string, n)
	for i := range rows {
		order := fmt.Sprintf("R24-%06d", 100000+i/12)
		serial := fmt.Sprintf("HTM23X%05d%c", random.IntN(100000), 'A'+rune(i%8))
		rows[i] = []string{
			order, serial, pick("Antminer S19j Pro 104T", "Whatsminer M50S 130T", "Avalon A1366 130T", "Antminer T21 190T", "IceRiver KS3M 6T"),
			pick("深圳市龙华区民治街道矿机维修中心三楼", "东莞市塘厦镇科苑城电源返修仓库", "成都市高新区天府大道北段标签库", "广州市白云区太和镇物流园九号门"),
			pick("Иркутск, ул. Байкальская, 250, склад № 4", "Братск, пр-т Индустриальный, 12", "Екатеринбург, ул. Шувакишская, 7"),
			pick("Repair Center, 1200 Harbor Blvd, Fort Worth, TX 76104, USA", "Mining Site 7, Route 11, Massena, NY 13662, USA"),
			"Freight: prepaid / 现付", fmt.Sprintf("Box %d of 12 boxes", i%12+1), fmt.Sprintf("%.1f kg", 13+4*random.Float64()), fmt.Sprintf("2026-11-%02d", i%28+1),
			fmt.Sprintf("HTTPS://R.EXAMPLE.ORG/1/%s/%s/%d/12/%06X", strings.ReplaceAll(order, "-", ""), serial, i%12+1, random.IntN(1<<24)),
		}
	}
	return rows
}

// labelLines are the twelve lines of a label and their sizes in points.
func labelLines(r []string) (lines []string, sizes []int) {
	return []string{"WO " + r[0], "S/N " + r[1], r[2], "收货 " + r[3], "Отправитель: " + r[4], "To: " + r[5], r[6], r[7], "Gross " + r[8], "Date " + r[9], "THIS SIDE UP - KEEP DRY - FRAGILE", r[10]},
		[]int{16, 14, 13, 12, 10, 9, 12, 18, 12, 10, 12, 7}
}

func writeRows(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	if err := w.WriteAll(append([][]string{labelColumns}, rows...)); err != nil {
		return err
	}
	return f.Close()
}

// writeHTML writes the same labels for the programs that print web pages. They
// draw no codes: ours are in it, as paths, and cost them nothing.
func writeHTML(path string, rows [][]string) error {
	var b strings.Builder
	b.WriteString(`<!doctype html><meta charset="utf-8"><style>@page{size:100mm 150mm;margin:0}body{margin:0;font-family:"WenQuanYi Micro Hei"}` +
		`section{position:relative;width:100mm;height:150mm;break-after:page;overflow:hidden}p{position:absolute;left:4mm;margin:0;white-space:nowrap;line-height:1}` +
		`svg{position:absolute;left:58mm;top:5mm;width:36.25mm;height:36.25mm}</style>` + "\n")
	for _, r := range rows {
		b.WriteString("<section>")
		lines, sizes := labelLines(r)
		for k, text := range lines {
			top := 8 + 9*k
			if k > 2 {
				top = 47 + 10*(k-3)
			}
			fmt.Fprintf(&b, `<p style="top:%dmm;font-size:%dpt">%s</p>`, top, sizes[k], html.EscapeString(text))
		}
		code, err := qr.Encode(r[10], qr.M, 0)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" shape-rendering="crispEdges"><path d="`, code.N, code.N)
		for y, row := range code.Dark {
			for x := 0; x < len(row); x++ {
				from := x
				for x < len(row) && row[x] {
					x++
				}
				if x > from {
					fmt.Fprintf(&b, "M%d %dh%dv1H%dz", from, y, x-from, from)
				}
			}
		}
		b.WriteString("\"/></svg></section>\n")
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}

// writeGLabels writes the template of gLabels; its rows are beside it.
func writeGLabels(path, rows string) error {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><Glabels-document xmlns="http://glabels.org/xmlns/3.0/"><Template brand="Bench" part="100x150" size="Other" width="100mm" height="150mm" description="bench">` +
		`<Label-rectangle id="0" width="100mm" height="150mm" round="0mm" x_waste="0mm" y_waste="0mm"><Markup-margin size="1mm"/><Layout nx="1" ny="1" x0="0mm" y0="0mm" dx="0mm" dy="0mm"/></Label-rectangle></Template><Objects id="0" rotate="False">`)
	before := []string{"WO ", "S/N ", "", "收货 ", "Отправитель: ", "To: ", "", "", "Gross ", "Date ", "THIS SIDE UP - KEEP DRY - FRAGILE", ""}
	_, sizes := labelLines(make([]string, len(labelColumns)))
	for k, text := range before {
		field, y, w := "", 6+9*k, 54
		if k > 2 {
			y, w = 46+10*(k-3), 95
		}
		switch {
		case k < 10:
			field = `<Field name="` + labelColumns[k] + `"/>`
		case k == 11:
			field = `<Field name="payload"/>`
		}
		fmt.Fprintf(&b, `<Object-text x="4mm" y="%dmm" w="%dmm" h="9mm" justify="Left" valign="Top" auto_shrink="False" a0="1" a1="0" a2="0" a3="1" a4="0pt" a5="0pt" shadow="False">`+
			`<Span font_family="WenQuanYi Micro Hei" font_size="%d" font_weight="Regular" font_italic="False" color="0x000000ff" lspacing="1">%s%s</Span></Object-text>`, y, w, sizes[k], text, field)
	}
	b.WriteString(`<Object-barcode x="58mm" y="5mm" w="36.25mm" h="36.25mm" style="IEC18004" text="False" checksum="False" color="0x000000ff" field="payload" a0="1" a1="0" a2="0" a3="1" a4="0pt" a5="0pt"/></Objects>`)
	fmt.Fprintf(&b, `<Merge type="Text/Comma/Line1Keys" src="%s"/></Glabels-document>`, filepath.Base(rows))
	return os.WriteFile(path, []byte(b.String()), 0o600)
}
