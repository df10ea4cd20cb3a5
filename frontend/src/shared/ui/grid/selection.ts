import type { Cell, Selection } from "./types";

export interface Bounds {
  rows: number;
  cols: number;
  /** Rows that PageUp and PageDown pass. */
  page: number;
}

export interface Block {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export const at = (row: number, col: number): Selection => ({ anchor: { row, col }, active: { row, col } });

export function block({ anchor, active }: Selection): Block {
  return {
    top: Math.min(anchor.row, active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.col, active.col),
    right: Math.max(anchor.col, active.col),
  };
}

const clamp = (value: number, max: number): number => Math.min(Math.max(value, 0), Math.max(max, 0));

export function clampCell({ row, col }: Cell, { rows, cols }: Bounds): Cell {
  return { row: clamp(row, rows - 1), col: clamp(col, cols - 1) };
}

export interface MoveKey {
  key: string;
  ctrl: boolean;
  shift: boolean;
}

/** Where a key takes the selection, or undefined when it is not a moving key. */
export function move(selection: Selection, { key, ctrl, shift }: MoveKey, bounds: Bounds): Selection | undefined {
  const { row, col } = selection.active;
  const last = { row: bounds.rows - 1, col: bounds.cols - 1 };
  const target = ((): Cell | undefined => {
    switch (key) {
      case "ArrowUp":
        return { row: ctrl ? 0 : row - 1, col };
      case "ArrowDown":
        return { row: ctrl ? last.row : row + 1, col };
      case "ArrowLeft":
        return { row, col: ctrl ? 0 : col - 1 };
      case "ArrowRight":
        return { row, col: ctrl ? last.col : col + 1 };
      case "Home":
        return { row: ctrl ? 0 : row, col: 0 };
      case "End":
        return { row: ctrl ? last.row : row, col: last.col };
      case "PageUp":
        return { row: row - bounds.page, col };
      case "PageDown":
        return { row: row + bounds.page, col };
      default:
        return undefined;
    }
  })();
  if (target === undefined) return undefined;
  const active = clampCell(target, bounds);
  return { anchor: shift ? selection.anchor : active, active };
}

/** Tab and Enter walk cell by cell; undefined at the end, where the key leaves the grid. */
export function step(selection: Selection, key: "Tab" | "Enter", back: boolean, bounds: Bounds): Selection | undefined {
  const { row, col } = selection.active;
  const by = back ? -1 : 1;
  if (key === "Enter") {
    const next = clampCell({ row: row + by, col }, bounds);
    return at(next.row, next.col);
  }
  const flat = row * bounds.cols + col + by;
  if (flat < 0 || flat >= bounds.rows * bounds.cols) return undefined;
  return at(Math.floor(flat / bounds.cols), flat % bounds.cols);
}
