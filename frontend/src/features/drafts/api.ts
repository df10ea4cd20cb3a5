import * as bridge from "@wails/go/app/Drafts";
import type { desk, repair } from "@wails/go/models";

import { attachFile } from "@/shared/bridge/attach";
import { call } from "@/shared/bridge/call";
import { fileBytes, sendBytes, textBytes } from "@/shared/bridge/local";

export type DraftView = desk.DraftView;
export type DraftHeader = desk.DraftHeader;
export type DraftRow = desk.DraftRow;
export type DraftScan = desk.DraftScan;
export type RowPage = desk.RowPage;
export type CellEdit = desk.CellEdit;
export type ImportView = desk.ImportView;
export type ImportColumn = desk.ImportColumn;

/** Pastes and imports of many rows. */
const slow = 120_000;

export const drafts = {
  create: (copyFrom: string): Promise<DraftView> => call(() => bridge.Create(copyFrom)),
  /** The untouched draft if there is one, else a new one. */
  begin: (): Promise<DraftView> => call(() => bridge.Begin()),
  get: (id: string): Promise<DraftView> => call(() => bridge.Get(id)),
  rows: (id: string, offset: number, limit: number): Promise<RowPage> => call(() => bridge.Rows(id, offset, limit)),
  setHeader: (id: string, header: DraftHeader): Promise<DraftView> => call(() => bridge.SetHeader(id, header)),
  edit: (id: string, edits: CellEdit[]): Promise<DraftView> => call(() => bridge.Edit(id, edits), slow),
  /** What stands in a cell while it is being typed. Row "" is the empty line. */
  typing: (id: string, row: string, column: string, value: string): Promise<void> =>
    call(() => bridge.Typing(id, row, column, value)),
  stopTyping: (id: string): Promise<void> => call(() => bridge.StopTyping(id)),
  insert: (id: string, at: number, count: number): Promise<DraftView> => call(() => bridge.InsertRows(id, at, count)),
  remove: (id: string, rows: string[]): Promise<DraftView> => call(() => bridge.DeleteRows(id, rows), slow),
  /** Into cells at a place. */
  paste: (id: string, row: number, column: string, text: string): Promise<ImportView> =>
    call(() => bridge.Paste(id, row, column, text), slow),
  /** Understood as a table and appended. It may be megabytes, so it goes as bytes. */
  pasteTable: async (id: string, text: string): Promise<ImportView> =>
    (await sendBytes(`import?${new URLSearchParams({ draft: id })}`, textBytes(text), "text/plain")) as ImportView,
  scan: (id: string, code: string): Promise<DraftScan> => call(() => bridge.Scan(id, code)),
  importState: (job: string): Promise<ImportView> => call(() => bridge.Import(job)),
  remap: (job: string, columns: ImportColumn[]): Promise<ImportView> => call(() => bridge.Remap(job, columns), slow),
  cancelImport: (job: string): Promise<ImportView> => call(() => bridge.CancelImport(job)),
  nextProblem: (id: string, from: number, step: 1 | -1): Promise<desk.DraftProblem> => call(() => bridge.NextProblem(id, from, step)),
  removeDuplicates: (id: string): Promise<DraftView> => call(() => bridge.RemoveDuplicates(id), slow),
  attachPhoto: (id: string, row: string, file: repair.FileRef): Promise<DraftView> =>
    call(() => bridge.AttachPhoto(id, row, file)),
  undo: (id: string): Promise<DraftView> => call(() => bridge.Undo(id), slow),
  redo: (id: string): Promise<DraftView> => call(() => bridge.Redo(id), slow),
  discard: (id: string): Promise<void> => call(() => bridge.Discard(id)),
  restore: (id: string): Promise<DraftView> => call(() => bridge.Restore(id)),
  send: (id: string): Promise<DraftView> => call(() => bridge.Send(id)),
  cancelSend: (id: string): Promise<DraftView> => call(() => bridge.CancelSend(id)),

  /** Reads a file into the draft; the answer names the job, which goes on by itself. */
  importFile: async (id: string, file: File): Promise<ImportView> => {
    const path = `import?draft=${encodeURIComponent(id)}&name=${encodeURIComponent(file.name)}`;
    return (await sendBytes(path, await fileBytes(file), "application/octet-stream")) as ImportView;
  },
  storePhoto: (file: File): Promise<repair.FileRef> => attachFile(file),
};
