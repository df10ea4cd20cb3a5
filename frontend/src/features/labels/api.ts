import type { desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Labels";

import { call } from "@/shared/bridge/call";

export type Calibration = desk.Calibration;
export type CalibrationPage = desk.CalibrationPage;
export type LabelRequest = desk.LabelRequest;
export type LabelPaper = desk.LabelPaper;
export type LabelPreview = desk.LabelPreview;
export type Measured = desk.Measured;
export type Printer = desk.Printer;
export type PrinterProfile = desk.PrinterProfile;
export type PrinterStatus = desk.PrinterStatus;
export type PrintJob = desk.PrintJob;
export type PrintSettings = desk.PrintSettings;
export type SavedFile = desk.SavedFile;
export type ScanBack = desk.ScanBack;
export type SheetStock = desk.SheetStock;

// Drawing a thousand labels may take longer than a click may.
const patience = 120_000;

export const labels = {
  preview: (request: LabelRequest): Promise<LabelPreview> => call(() => bridge.Preview(request), patience),
  papers: (order: string): Promise<LabelPaper[]> => call(() => bridge.Papers(order)),
  save: (request: LabelRequest): Promise<SavedFile> => call(() => bridge.Save(request), 10 * patience),
  open: (request: LabelRequest): Promise<SavedFile> => call(() => bridge.Open(request), patience),
  print: (request: LabelRequest, printer: string): Promise<PrintJob> => call(() => bridge.Print(request, printer)),
  printers: (): Promise<Printer[]> => call(() => bridge.Printers()),
  sheets: (): Promise<SheetStock[]> => call(() => bridge.Sheets()),
  scanBack: (request: LabelRequest, codes: string[]): Promise<ScanBack> => call(() => bridge.ScanBack(request, codes)),

  jobs: (): Promise<PrintJob[]> => call(() => bridge.Jobs()),
  cancel: (job: string): Promise<PrintJob[]> => call(() => bridge.Cancel(job)),
  retry: (job: string): Promise<PrintJob> => call(() => bridge.Retry(job)),

  settings: (): Promise<PrintSettings> => call(() => bridge.PrinterSettings()),
  savePrinter: (profile: PrinterProfile): Promise<PrintSettings> => call(() => bridge.SavePrinter(profile)),
  removePrinter: (id: string): Promise<PrintSettings> => call(() => bridge.RemovePrinter(id)),
  setPaper: (paper: string, printer: string): Promise<PrintSettings> => call(() => bridge.SetPaper(paper, printer)),
  status: (printer: string): Promise<PrinterStatus> => call(() => bridge.PrinterStatus(printer)),
  testPage: (printer: string, stock: string, raw: boolean): Promise<PrintJob> => call(() => bridge.TestPage(printer, stock, raw)),
  calibration: (printer: string, stock: string): Promise<CalibrationPage> => call(() => bridge.Calibration(printer, stock)),
  calibrate: (printer: string, stock: string, measured: Measured): Promise<Calibration> =>
    call(() => bridge.Calibrate(printer, stock, measured)),
};
