import type { desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Orders";

import { call } from "@/shared/bridge/call";

export type OrderQuery = desk.OrderQuery;
export type OrderPage = desk.OrderPage;
export type DeviceHit = desk.DeviceHit;
export type ScanTarget = desk.ScanTarget;

export const orders = {
  list: (query: OrderQuery): Promise<OrderPage> => call(() => bridge.List(query)),
  findDevices: (text: string): Promise<DeviceHit[]> => call(() => bridge.FindDevices(text)),
  scan: (code: string): Promise<ScanTarget> => call(() => bridge.Scan(code)),
};
