export interface GridColumn {
  key: string;
  title: string;
  /** CSS width of the column's track, such as "190px" or "minmax(180px, 1fr)". */
  width: string;
  /** Serials and codes: monospaced, left to right. */
  code?: boolean;
  readOnly?: boolean;
  /** What may be chosen; typing something else stays possible. */
  options?: readonly string[];
}

export interface GridProblem {
  /** The column's key, or "" for the whole row. */
  column: string;
  blocking: boolean;
  text: string;
}

export interface GridRow {
  id: string;
  values: Readonly<Record<string, string>>;
  problems: readonly GridProblem[];
}

/** Where the rows live. The grid holds only those on the screen. */
export interface GridSource {
  rowCount: number;
  /** A row that is loaded, or undefined while it is on its way. */
  getRow: (index: number) => GridRow | undefined;
  /** These rows are on the screen now: have them ready. */
  onVisible: (from: number, to: number) => void;
  /** All rows of a range, loaded or fetched: for copy, fill and clear. */
  readRows: (from: number, to: number) => Promise<GridRow[]>;
}

export interface GridEdit {
  row: string;
  column: string;
  value: string;
}

/** What a person does in the grid. Each call is one change and one step to undo. */
export interface GridActions {
  edit: (edits: GridEdit[]) => void;
  /**
   * What stands in a cell while it is being typed, so that it outlives the program;
   * undefined when the edit ended without a change. Row "" is the empty line.
   */
  typing?: (cell: GridEdit | undefined) => void;
  /** Text at a cell. Row `rowCount` is the empty line at the end: it appends. */
  paste: (text: string, at: { row: number; column: string }) => void;
  insert: (at: number, count: number) => void;
  remove: (rows: string[]) => void;
}

export interface GridHandle {
  focus: () => void;
  /** Shows a cell and makes it the active one; `flash` lights its row up for a moment. */
  goTo: (row: number, column?: string, flash?: boolean) => void;
  activeRow: () => number;
  /** Goes to the next cell with a problem in the active row; false when there is none. */
  nextInRow: (step: 1 | -1) => boolean;
  /** Opens the edit of a cell again that had not ended. */
  resume: (row: number, column: string, text: string) => void;
}

export interface Cell {
  row: number;
  col: number;
}

export interface Selection {
  anchor: Cell;
  active: Cell;
}
