import type { app, desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Sync";

import { call } from "@/shared/bridge/call";
import type { OutboxRow } from "@/shared/bridge/models";

export type SyncStatus = desk.SyncStatus;
export type UploadView = app.UploadView;
export type Restored = desk.Restored;
export type SavedFile = desk.SavedFile;

export const sync = {
  status: (): Promise<SyncStatus> => call(() => bridge.Status()),
  outbox: (): Promise<OutboxRow[]> => call(() => bridge.Outbox()),
  uploads: (): Promise<UploadView[]> => call(() => bridge.Uploads()),
  pauseUpload: (sha256: string, paused: boolean): Promise<UploadView[]> => call(() => bridge.PauseUpload(sha256, paused)),
  cancelUpload: (sha256: string): Promise<UploadView[]> => call(() => bridge.CancelUpload(sha256)),
  now: (): Promise<SyncStatus> => call(() => bridge.Now()),
  retry: (id: string): Promise<SyncStatus> => call(() => bridge.Retry(id)),
  discard: (id: string): Promise<SyncStatus> => call(() => bridge.Discard(id)),
  restored: (): Promise<Restored> => call(() => bridge.Restored()),
  sayAgain: (id: string, send: boolean): Promise<Restored> => call(() => bridge.SayAgain(id, send)),
  forgetOnlyHere: (order: string): Promise<Restored> => call(() => bridge.ForgetOnlyHere(order)),
  putRestoredAway: (): Promise<Restored> => call(() => bridge.PutRestoredAway()),
  export: (): Promise<SavedFile> => call(() => bridge.Export()),
};
