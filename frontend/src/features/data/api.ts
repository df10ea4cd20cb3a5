import type { app, desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Data";

import { call } from "@/shared/bridge/call";

export type DataView = app.DataView;
export type BackupView = app.BackupView;
export type RecoveryView = app.RecoveryView;
export type SavedFile = desk.SavedFile;

/** A vault of years and its photos take a while to copy. */
const slow = 300_000;

export const data = {
  state: (): Promise<DataView> => call(() => bridge.State()),
  backUp: (): Promise<DataView> => call(() => bridge.BackUp(), slow),
  restore: (name: string): Promise<DataView> => call(() => bridge.Restore(name), slow),
  bundle: (): Promise<SavedFile> => call(() => bridge.Bundle(), slow),
};
