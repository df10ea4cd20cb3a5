import type { desk, repair } from "@wails/go/models";
import * as orders from "@wails/go/app/Orders";
import * as bridge from "@wails/go/app/Settings";
import * as system from "@wails/go/app/System";

import { call } from "@/shared/bridge/call";

export type Preferences = desk.Preferences;
export type Catalog = desk.Catalog;
export type CentreInfo = repair.CentreInfo;
export type Mailbox = desk.MailboxView;

export const settings = {
  get: (): Promise<Preferences> => call(() => bridge.Get()),
  set: (preferences: Preferences): Promise<Preferences> =>
    call(() => bridge.Set(preferences)),
  catalog: (): Promise<Catalog> => call(() => bridge.Catalog()),
  centre: (): Promise<CentreInfo> => call(() => bridge.Centre()),
  mailbox: (): Promise<Mailbox> => call(() => bridge.Mailbox()),
  setMailbox: ({ email, language, reminders }: Mailbox) =>
    call(() => orders.Do({ kind: "set_mailbox", mailbox: { email, language, reminders } } as repair.Command)),
  setGPU: (policy: string): Promise<void> => call(() => system.SetGPU(policy)),
};
