import { crc32 } from "node:zlib";

export type Cell = string | number;
export interface Sheet {
  name: string;
  rows: Cell[][];
}

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Writes an Excel workbook, as plain as the format allows: the same rows give the same bytes. */
export function workbook(sheets: Sheet[]): Buffer {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packaged = "http://schemas.openxmlformats.org/package/2006";
  const kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const part = (xml: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`);
  const each = (make: (sheet: Sheet, n: number) => string) => sheets.map((sheet, i) => make(sheet, i + 1)).join("");
  const files: [string, Buffer][] = [
    [
      "[Content_Types].xml",
      part(
        `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
          `<Override PartName="/xl/workbook.xml" ContentType="${kinds}.sheet.main+xml"/>` +
          each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${kinds}.worksheet+xml"/>`) +
          `</Types>`,
      ),
    ],
    [
      "_rels/.rels",
      part(
        `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
    ],
    [
      "xl/workbook.xml",
      part(
        `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>` +
          each(({ name }, n) => `<sheet name="${escape(name)}" sheetId="${n}" r:id="r${n}"/>`) +
          `</sheets></workbook>`,
      ),
    ],
    [
      "xl/_rels/workbook.xml.rels",
      part(
        `<Relationships xmlns="${packaged}/relationships">` +
          each((_, n) => `<Relationship Id="r${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`) +
          `</Relationships>`,
      ),
    ],
    ...sheets.map(({ rows }, i): [string, Buffer] => [
      `xl/worksheets/sheet${i + 1}.xml`,
      part(`<worksheet xmlns="${main}"><sheetData>${rows.map(row).join("")}</sheetData></worksheet>`),
    ]),
  ];
  return zip(files);
}

function row(cells: Cell[], index: number): string {
  const line = index + 1;
  const written = cells.map((cell, col) => {
    const place = `${String.fromCharCode(65 + col)}${line}`;
    if (cell === "") return "";
    if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`;
  });
  return `<row r="${line}">${written.join("")}</row>`;
}

/** An archive whose files are stored as they are, all of one date. */
function zip(files: [string, Buffer][]): Buffer {
  const day = ((2026 - 1980) << 9) | (1 << 5) | 1;
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const title = Buffer.from(name);
    const facts = Buffer.alloc(26); // what both headers say alike
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(day, 8);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), facts, title, content]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), facts, place, title]));
    bodies.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
}
