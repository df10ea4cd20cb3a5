import { memo } from "react";

import type { GridColumn, GridRow } from "./types";

interface GridRowViewProps {
  index: number;
  offset: number;
  row: GridRow | undefined;
  columns: readonly GridColumn[];
  template: string;
  /** Columns of this row inside the selection, -1 when none. */
  from: number;
  to: number;
  active: number;
  flash: boolean;
  fresh: boolean;
}

/** One row of plain elements: nothing of the kit in here, so that scrolling stays cheap. */
export const GridRowView = memo(function GridRowView(props: GridRowViewProps) {
  const { index, offset, row, columns, template, from, to, active, flash, fresh } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`grid-row${flash ? " grid-flash" : ""}${fresh ? " grid-fresh" : ""}`}
      style={{ transform: `translateY(${offset}px)`, gridTemplateColumns: template }}
    >
      <span role="rowheader" className="grid-line" data-row={index} data-col={-1}>
        {fresh ? "+" : index + 1}
      </span>
      {columns.map((column, col) => {
        const problem = row?.problems.find((found) => found.column === column.key);
        const state = problem ? (problem.blocking ? " grid-bad" : " grid-odd") : "";
        const selected = col >= from && col <= to;
        return (
          <span
            key={column.key}
            role="gridcell"
            aria-colindex={col + 2}
            aria-selected={selected}
            aria-readonly={column.readOnly || undefined}
            aria-invalid={problem?.blocking || undefined}
            data-row={index}
            data-col={col}
            title={problem?.text}
            dir={column.code ? "ltr" : "auto"}
            className={`grid-cell${column.code ? " code" : ""}${state}${selected ? " grid-selected" : ""}${col === active ? " grid-active" : ""}`}
          >
            {problem && (
              <span className="grid-mark" aria-hidden>
                ⚠
              </span>
            )}
            {row?.values[column.key] ?? ""}
          </span>
        );
      })}
    </div>
  );
});
