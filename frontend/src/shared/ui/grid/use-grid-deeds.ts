import { copyText } from "@/shared/bridge/runtime";

import { block } from "./selection";
import { singleCell, toTsv } from "./tsv";
import type { GridActions, GridColumn, GridEdit, GridRow, GridSource, Selection } from "./types";

export interface GridDeeds {
  /** One value into the active cell; into the empty line it appends a row. */
  commit: (value: string) => void;
  /** What stands in the active cell by now; undefined when it was given back. */
  typed: (value: string | undefined) => void;
  copy: (data: DataTransfer | null) => void;
  clear: () => void;
  paste: (text: string) => void;
  fillDown: () => void;
  fillRight: () => void;
  insert: () => void;
  remove: () => void;
}

interface Context {
  columns: readonly GridColumn[];
  source: GridSource;
  actions: GridActions;
  selection: Selection;
  readOnly: boolean;
}

/** What can be done to the selected cells. Whatever it touches, it is one change. */
export function useGridDeeds({ columns, source, actions, selection, readOnly }: Context): GridDeeds {
  const range = block(selection);
  const bottom = Math.min(range.bottom, source.rowCount - 1);
  const picked = columns.slice(range.left, range.right + 1);
  const writable = picked.filter((column) => !column.readOnly);

  /** Runs with the selected rows: at once when they are here, so that a copy can fill the clipboard event. */
  const withRows = (from: number, to: number, run: (rows: GridRow[], late: boolean) => void) => {
    if (to < from) return;
    const rows: GridRow[] = [];
    for (let i = from; i <= to; i++) {
      const row = source.getRow(i);
      if (row) rows.push(row);
    }
    if (rows.length === to - from + 1) run(rows, false);
    else void source.readRows(from, to).then((all) => run(all, true));
  };

  const edit = (edits: GridEdit[]) => {
    if (edits.length > 0 && !readOnly) actions.edit(edits);
  };

  const fill = (value: (row: GridRow, column: GridColumn, rows: GridRow[]) => string, from = range.top) =>
    withRows(from, bottom, (rows) =>
      edit(
        rows.flatMap((row) =>
          writable
            .map((column) => ({ row: row.id, column: column.key, value: value(row, column, rows) }))
            .filter((next) => next.value !== (row.values[next.column] ?? "")),
        ),
      ),
    );

  return {
    commit: (value) => {
      const { row, col } = selection.active;
      const column = columns[col]!;
      if (readOnly || column.readOnly) return;
      if (row >= source.rowCount) {
        if (value.trim() === "") actions.typing?.(undefined);
        else actions.paste(toTsv([[value]]), { row, column: column.key });
        return;
      }
      withRows(row, row, ([only]) => {
        if (only && value !== (only.values[column.key] ?? "")) {
          edit([{ row: only.id, column: column.key, value }]);
        } else {
          actions.typing?.(undefined);
        }
      });
    },
    typed: (value) => {
      const { row, col } = selection.active;
      const id = row >= source.rowCount ? "" : source.getRow(row)?.id;
      if (value === undefined || id === undefined) actions.typing?.(undefined);
      else actions.typing?.({ row: id, column: columns[col]!.key, value });
    },
    copy: (data) =>
      withRows(range.top, bottom, (rows, late) => {
        const text = toTsv(rows.map((row) => picked.map((column) => row.values[column.key] ?? "")));
        if (late || data === null) void copyText(text);
        else data.setData("text/plain", text);
      }),
    clear: () => fill(() => ""),
    paste: (text) => {
      if (readOnly || text === "") return;
      const one = singleCell(text);
      const several = range.bottom > range.top || range.right > range.left;
      if (one !== undefined && several) {
        fill(() => one);
        return;
      }
      const column = writable[0] ?? columns.find((any) => !any.readOnly);
      if (column) actions.paste(text, { row: range.top, column: column.key });
    },
    fillDown: () => {
      // With one row selected the value comes from the row above.
      const from = range.top === range.bottom ? Math.max(0, range.top - 1) : range.top;
      fill((_row, column, rows) => rows[0]!.values[column.key] ?? "", from);
    },
    fillRight: () => {
      const source = columns[range.left === range.right ? Math.max(0, range.left - 1) : range.left]!;
      fill((row) => row.values[source.key] ?? "");
    },
    insert: () => {
      if (!readOnly) actions.insert(range.top, range.bottom - range.top + 1);
    },
    remove: () => {
      if (readOnly) return;
      withRows(range.top, bottom, (rows) => actions.remove(rows.map((row) => row.id)));
    },
  };
}
