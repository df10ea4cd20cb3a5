"""reportlab_peer.py ROWS.csv FONT.ttf OUT.pdf: a label a row, with ReportLab's own code."""
import csv
import sys

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

rows, font, out = sys.argv[1:]
pdfmetrics.registerFont(TTFont("f", font))
page = canvas.Canvas(out, pagesize=(100 * mm, 150 * mm), pageCompression=1)
side = 36.25 * mm
for r in csv.DictReader(open(rows, encoding="utf-8")):
    lines = [("WO " + r["wo"], 16), ("S/N " + r["serial"], 14), (r["model"], 13), ("收货 " + r["zh"], 12),
             ("Отправитель: " + r["ru"], 10), ("To: " + r["en"], 9), (r["freight"], 12), (r["box"], 18),
             ("Gross " + r["weight"], 12), ("Date " + r["date"], 10), ("THIS SIDE UP - KEEP DRY - FRAGILE", 12), (r["payload"], 7)]
    for i, (text, size) in enumerate(lines):
        page.setFont("f", size)
        page.drawString(4 * mm, (150 - (12 + 9 * i if i < 3 else 50 + 10 * (i - 3))) * mm, text)
    code = QrCodeWidget(r["payload"], barLevel="M", barBorder=0, barWidth=side, barHeight=side)
    drawing = Drawing(side, side)
    drawing.add(code)
    renderPDF.draw(drawing, page, 58 * mm, 150 * mm - 5 * mm - side)
    page.showPage()
page.save()
