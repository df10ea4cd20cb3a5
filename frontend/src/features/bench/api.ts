import type { desk, repair } from "@wails/go/models";
import * as bridge from "@wails/go/app/Bench";
import * as orders from "@wails/go/app/Orders";
import * as settings from "@wails/go/app/Settings";

import type { LabelCheck } from "@/shared/bridge/models";
import { call } from "@/shared/bridge/call";

export type BenchPage = desk.BenchPage;
export type ScanTarget = desk.ScanTarget;
export type ParcelFound = desk.ParcelFound;
export type OrderView = desk.OrderView;
export type DeviceRow = desk.DeviceRow;
export type Catalog = desk.Catalog;
export type Command = repair.Command;
export type Device = repair.Device;
export type Parcel = repair.Parcel;
export type Payment = repair.Payment;
export type Refundable = repair.Refundable;
export type Reason = repair.Reason;
export type UnclaimedParcel = repair.UnclaimedParcel;
export type Deed = Partial<Command> & Pick<Command, "kind">;

// The most that one page of the bridge carries; larger orders are read page by page.
const pageSize = 200;

export const bench = {
  stage: (stage: string, after: string): Promise<BenchPage> => call(() => bridge.Stage(stage, after)),
  findParcel: (waybill: string): Promise<ParcelFound> => call(() => bridge.FindParcel(waybill)),
  checkLabel: (code: string, counted: string[]): Promise<LabelCheck> => call(() => bridge.CheckLabel(code, counted)),
  unclaimed: (): Promise<UnclaimedParcel[]> => call(() => bridge.Unclaimed()),
  order: (id: string): Promise<OrderView> => call(() => orders.Get(id)),
  scan: (code: string): Promise<ScanTarget> => call(() => orders.Scan(code)),
  catalog: (): Promise<Catalog> => call(() => settings.Catalog()),
  propose: (order: string, devices: string[], currency: string) => call(() => bridge.Propose(order, devices, currency)),
  currencies: async (): Promise<string[]> => (await call(() => settings.Centre())).settings.currencies ?? [],
  act: (order: string, deed: Deed) => call(() => orders.Do({ id: "", ...deed, work_order: order } as Command)),
  async devices(order: string): Promise<DeviceRow[]> {
    const rows: DeviceRow[] = [];
    for (;;) {
      const page = await call(() => orders.Devices({ order, statuses: [], text: "", offset: rows.length, limit: pageSize }));
      rows.push(...page.rows);
      if (page.rows.length === 0 || rows.length >= page.total) return rows;
    }
  },
};
