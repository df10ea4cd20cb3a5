import type { desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Sync";

import { call } from "@/shared/bridge/call";
import type { OutboxRow } from "@/shared/bridge/models";

export type SyncStatus = desk.SyncStatus;
export type SavedFile = desk.SavedFile;

export const sync = {
  status: (): Promise<SyncStatus> => call(() => bridge.Status()),
  outbox: (): Promise<OutboxRow[]> => call(() => bridge.Outbox()),
  now: (): Promise<SyncStatus> => call(() => bridge.Now()),
  retry: (id: string): Promise<SyncStatus> => call(() => bridge.Retry(id)),
  discard: (id: string): Promise<SyncStatus> => call(() => bridge.Discard(id)),
  export: (): Promise<SavedFile> => call(() => bridge.Export()),
};
