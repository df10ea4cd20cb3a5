// pdfmake.mjs ROWS.csv FONT.ttf MODULES OUT.pdf: a label a row, with pdfmake's own code.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [rows, font, modules, out] = process.argv.slice(2);
const pdfmake = createRequire(modules + "/")("pdfmake");
pdfmake.addFonts({ f: { normal: font, bold: font, italics: font, bolditalics: font } });
const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1].replace(/^"|"$/g, "").replaceAll('""', '"'));
const mm = 72 / 25.4;
const sizes = [16, 14, 13, 12, 10, 9, 12, 18, 12, 10, 12, 7];
const content = [];
readFileSync(rows, "utf8").trim().split("\n").slice(1).forEach((line, i) => {
  const f = cells(line);
  const texts = ["WO " + f[0], "S/N " + f[1], f[2], "收货 " + f[3], "Отправитель: " + f[4], "To: " + f[5], f[6], f[7], "Gross " + f[8], "Date " + f[9], "THIS SIDE UP - KEEP DRY - FRAGILE", f[10]];
  texts.forEach((text, k) => content.push({
    text, fontSize: sizes[k], absolutePosition: { x: 4 * mm, y: (k < 3 ? 7 + 9 * k : 46 + 10 * (k - 3)) * mm }, ...(i > 0 && k === 0 ? { pageBreak: "before" } : {}),
  }));
  content.push({ qr: f[10], fit: 36.25 * mm, eccLevel: "M", absolutePosition: { x: 58 * mm, y: 5 * mm } });
});
await pdfmake.createPdf({ pageSize: { width: 100 * mm, height: 150 * mm }, pageMargins: [0, 0, 0, 0], defaultStyle: { font: "f" }, content }).write(out);
