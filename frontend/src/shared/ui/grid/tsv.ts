/** Cells as spreadsheets exchange them: tabs and lines; quoted where a cell has either. */
export function toTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}

function quote(cell: string): string {
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The one cell that a pasted text holds, or undefined when it holds more. */
export function singleCell(text: string): string | undefined {
  const bare = text.replace(/\r?\n$/, "");
  const quoted = /^"((?:[^"]|"")*)"$/.exec(bare);
  if (quoted) return quoted[1]!.replaceAll('""', '"');
  return /[\t\r\n]/.test(bare) ? undefined : bare;
}
