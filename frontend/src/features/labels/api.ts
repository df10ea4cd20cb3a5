import type { desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Labels";

import { call } from "@/shared/bridge/call";

export type LabelRequest = desk.LabelRequest;
export type LabelPreview = desk.LabelPreview;
export type Printer = desk.Printer;
export type SavedFile = desk.SavedFile;

// Drawing a thousand labels may take longer than a click may.
const patience = 120_000;

export const labels = {
  preview: (request: LabelRequest): Promise<LabelPreview> => call(() => bridge.Preview(request), patience),
  save: (request: LabelRequest): Promise<SavedFile> => call(() => bridge.Save(request), 10 * patience),
  open: (request: LabelRequest): Promise<SavedFile> => call(() => bridge.Open(request), patience),
  print: (request: LabelRequest, printer: string): Promise<SavedFile> =>
    call(() => bridge.Print(request, printer), patience),
  printers: (): Promise<Printer[]> => call(() => bridge.Printers()),
};
