import type { desk, repair } from "@wails/go/models";
import * as bridge from "@wails/go/app/Packing";
import * as settings from "@wails/go/app/Settings";

import { call } from "@/shared/bridge/call";

export type PackView = desk.PackView;
export type PackScan = desk.PackScan;
export type Box = desk.BoxView;
export type BoxInput = desk.BoxInput;
export type ChecklistStep = desk.ChecklistStep;
export type WaybillCheck = repair.WaybillCheck;
export type Carrier = repair.CarrierRow;

export const packing = {
  get: (order: string): Promise<PackView> => call(() => bridge.Get(order)),
  scan: (order: string, box: number, code: string): Promise<PackScan> => call(() => bridge.Scan(order, box, code)),
  addBox: (order: string): Promise<PackView> => call(() => bridge.AddBox(order)),
  removeBox: (order: string, box: number): Promise<PackView> => call(() => bridge.RemoveBox(order, box)),
  packRest: (order: string, box: number, count: number): Promise<PackView> =>
    call(() => bridge.PackRest(order, box, count)),
  unpack: (order: string, device: string): Promise<PackView> => call(() => bridge.Unpack(order, device)),
  setBox: (order: string, box: number, input: BoxInput): Promise<PackView> =>
    call(() => bridge.SetBox(order, box, input)),
  tick: (order: string, steps: string[]): Promise<PackView> => call(() => bridge.Tick(order, steps)),
  confirm: (order: string): Promise<PackView> => call(() => bridge.Confirm(order)),
  handOver: (order: string, boxes: number[]): Promise<PackView> => call(() => bridge.HandOver(order, boxes)),
  checkWaybill: (carrier: string, number: string): Promise<WaybillCheck> =>
    call(() => bridge.CheckWaybill(carrier, number)),
  carriers: async (): Promise<Carrier[]> => (await call(() => settings.Catalog())).carriers,
};
