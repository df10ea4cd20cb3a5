import "./grid.css";

import { useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";

import { GridRowView } from "./grid-row";
import { GridSink } from "./grid-sink";
import { at, block, type Bounds, clampCell } from "./selection";
import type { Cell, GridActions, GridColumn, GridHandle, GridSource, Selection } from "./types";
import { useGridDeeds } from "./use-grid-deeds";

interface DeviceGridProps {
  label: string;
  columns: readonly GridColumn[];
  source: GridSource;
  actions: GridActions;
  /** Height of the scrolling part in pixels. It is inline: a height in a file would come too late. */
  height: number;
  rowHeight?: number;
  readOnly?: boolean;
  ref?: Ref<GridHandle>;
}

/**
 * The grid of devices: plain rows in a virtual window, one real text field over
 * the active cell. It holds no data; the source does, and every deed of the
 * person goes out as one change.
 */
export function DeviceGrid(props: DeviceGridProps) {
  const { label, columns, source, actions, height, rowHeight = 32, readOnly = false, ref } = props;
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const sink = useRef<HTMLTextAreaElement>(null);
  const [selection, setSelection] = useState<Selection>(at(0, 0));
  const [flash, setFlash] = useState(-1);
  const [unfinished, setUnfinished] = useState<Cell & { text: string }>();
  const rows = source.rowCount + (readOnly ? 0 : 1);
  const bounds: Bounds = { rows, cols: columns.length, page: Math.max(1, Math.floor(height / rowHeight) - 2) };
  const line = 30 + 9 * Math.max(2, String(rows).length);
  const template = `${line}px ${columns.map((column) => column.width).join(" ")}`;

  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { onVisible } = source;
  useEffect(() => onVisible(first, last), [onVisible, first, last]);
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight]);

  // Rows may have gone: the selection stays inside what is there.
  const inside: Selection = {
    anchor: clampCell(selection.anchor, bounds),
    active: clampCell(selection.active, bounds),
  };
  const { active } = inside;

  const select = (next: Selection, reveal = true) => {
    setSelection(next);
    if (!reveal) return;
    virtual.scrollToIndex(next.active.row, { align: "auto" });
    revealColumn(scroller.current, head.current, next.active.col);
  };

  // Whoever moves the active cell from outside first ends the edit in it.
  const settle = () => {
    if (sink.current?.dataset.editing === "true") sink.current.blur();
  };

  const row = source.getRow(active.row);

  useImperativeHandle(ref, () => ({
    focus: () => sink.current?.focus({ preventScroll: true }),
    activeRow: () => active.row,
    nextInRow: (step) => {
      const wrong = columns
        .map((column, col) => ({ column, col }))
        .filter(({ column, col }) => (col - active.col) * step > 0 && row?.problems.some((found) => found.column === column.key));
      const next = wrong.at(step > 0 ? 0 : -1);
      if (next) {
        settle();
        select(at(active.row, next.col));
      }
      return next !== undefined;
    },
    resume: (row, key, text) => {
      const col = columns.findIndex((column) => column.key === key);
      if (col < 0 || readOnly) return;
      const cell = clampCell({ row, col }, bounds);
      select(at(cell.row, cell.col));
      setUnfinished({ ...cell, text });
    },
    goTo: (row, wanted, light = false) => {
      const column = wanted ?? source.getRow(row)?.problems[0]?.column;
      const found = columns.findIndex(({ key }) => key === column);
      const col = found < 0 ? active.col : found;
      const cell = clampCell({ row, col }, bounds);
      settle();
      select(at(cell.row, cell.col));
      sink.current?.focus({ preventScroll: true });
      if (light) setFlash(row);
    },
  }));

  useEffect(() => {
    if (flash < 0) return;
    const timer = setTimeout(() => setFlash(-1), 1200);
    return () => clearTimeout(timer);
  }, [flash]);

  const deeds = useGridDeeds({ columns, source, actions, selection: inside, readOnly });
  const range = block(inside);
  const column = columns[active.col]!;
  const problem = row?.problems.find((found) => found.column === column.key) ?? row?.problems[0];
  const fresh = active.row >= source.rowCount;

  const pointed = (event: MouseEvent): Cell | undefined => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-col]");
    if (cell?.dataset.row === undefined) return undefined;
    return { row: Number(cell.dataset.row), col: Number(cell.dataset.col) };
  };

  const press = (event: MouseEvent) => {
    const cell = pointed(event);
    if (!cell || event.button > 1) return;
    event.preventDefault();
    settle();
    sink.current?.focus({ preventScroll: true });
    if (cell.col < 0) {
      const anchor = event.shiftKey ? inside.anchor.row : cell.row;
      select({ anchor: { row: anchor, col: 0 }, active: { row: cell.row, col: columns.length - 1 } }, false);
      return;
    }
    select(event.shiftKey ? { anchor: inside.anchor, active: cell } : at(cell.row, cell.col), false);
  };

  const drag = (event: MouseEvent) => {
    const cell = event.buttons === 1 ? pointed(event) : undefined;
    if (!cell) return;
    const col = cell.col < 0 ? columns.length - 1 : cell.col;
    if (cell.row !== active.row || col !== active.col) select({ anchor: inside.anchor, active: { row: cell.row, col } }, false);
  };

  return (
    <div className="grid-frame" data-pane>
      <div className="grid-scroll" ref={scroller} style={{ height }} onMouseDown={press} onMouseMove={drag}>
        <div
          role="grid"
          className="grid-body"
          aria-label={label}
          aria-rowcount={rows + 1}
          aria-colcount={columns.length + 1}
          aria-multiselectable
          aria-readonly={readOnly || undefined}
          style={{ height: virtual.getTotalSize() + rowHeight }}
        >
          <div role="row" aria-rowindex={1} className="grid-head" ref={head} style={{ gridTemplateColumns: template }}>
            <span role="columnheader" className="grid-line" aria-label={t`Row`}>
              #
            </span>
            {columns.map((item) => (
              <span key={item.key} role="columnheader" aria-colindex={columns.indexOf(item) + 2}>
                {item.title}
              </span>
            ))}
          </div>
          {items.map((item) => {
            const picked = item.index >= range.top && item.index <= range.bottom;
            return (
              <GridRowView
                key={item.index}
                index={item.index}
                offset={item.start}
                row={source.getRow(item.index)}
                columns={columns}
                template={template}
                from={picked ? range.left : -1}
                to={picked ? range.right : -1}
                active={item.index === active.row ? active.col : -1}
                flash={item.index === flash}
                fresh={item.index >= source.rowCount}
              />
            );
          })}
        </div>
        <GridSink
          ref={sink}
          head={head}
          top={rowHeight * (active.row + 1)}
          rowHeight={rowHeight}
          active={active}
          column={column}
          value={row?.values[column.key] ?? ""}
          label={
            fresh
              ? t`${column.title}, new row`
              : t`${column.title}, row ${active.row + 1}: ${row?.values[column.key] || t`empty`}${problem ? `. ${problem.text}` : ""}`
          }
          readOnly={readOnly || column.readOnly === true}
          known={row !== undefined || fresh}
          selection={inside}
          bounds={bounds}
          deeds={deeds}
          onSelect={select}
          resume={unfinished?.row === active.row && unfinished.col === active.col ? unfinished.text : undefined}
          onResumed={() => setUnfinished(undefined)}
        />
      </div>
      <div className="grid-status" role="status">
        {problem ? (
          <span className={problem.blocking ? "ink-error" : "ink-warn"}>
            ⚠ {t`Row ${active.row + 1}: ${problem.text}`}
          </span>
        ) : fresh && !readOnly ? (
          t`Type, paste or scan here to add a device.`
        ) : (
          t`Row ${active.row + 1} of ${source.rowCount}`
        )}
      </div>
    </div>
  );
}

/** Brings the active column into view beside the fixed line numbers. */
function revealColumn(scroller: HTMLElement | null, head: HTMLElement | null, col: number): void {
  const cell = head?.children[col + 1] as HTMLElement | undefined;
  const line = head?.children[0] as HTMLElement | undefined;
  if (!scroller || !cell || !line) return;
  const start = cell.offsetLeft - line.offsetWidth;
  const end = cell.offsetLeft + cell.offsetWidth;
  if (start < scroller.scrollLeft) scroller.scrollLeft = start;
  else if (end > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = end - scroller.clientWidth;
}
