import type { app, desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Start";
import * as system from "@wails/go/app/System";

import { call } from "@/shared/bridge/call";

export type Session = desk.Session;
export type CentreFound = desk.CentreFound;
export type ConnectRequest = desk.ConnectRequest;
export type SystemInfo = app.SystemInfo;

/** The practice centre is seeded on its first start, and a far centre may be slow. */
const slow = 120_000;

export const start = {
  info: (): Promise<SystemInfo> => call(() => system.Info()),
  painted: (page: string, orders: number): Promise<void> => call(() => system.Painted(page, orders)),
  session: (): Promise<Session> => call(() => bridge.Session()),
  practise: (): Promise<Session> => call(() => bridge.Practise(), slow),
  probe: (url: string): Promise<CentreFound> => call(() => bridge.Probe(url), slow),
  connect: (request: ConnectRequest): Promise<Session> =>
    call(() => bridge.Connect(request), slow),
  trust: (url: string, fingerprint: string): Promise<void> => call(() => bridge.Trust(url, fingerprint), slow),
  switchRole: (role: string): Promise<Session> => call(() => bridge.SwitchRole(role), slow),
  leave: (unsentToo: boolean): Promise<Session> => call(() => bridge.Leave(unsentToo), slow),
};
