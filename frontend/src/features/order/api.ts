import type { desk, repair } from "@wails/go/models";
import * as bridge from "@wails/go/app/Orders";
import * as settings from "@wails/go/app/Settings";

import { call } from "@/shared/bridge/call";

export type OrderView = desk.OrderView;
export type DevicePage = desk.DevicePage;
export type DeviceRow = desk.DeviceRow;
export type DeviceQuery = desk.DeviceQuery;
export type Catalog = desk.Catalog;
export type Message = repair.Message;
export type Correction = repair.Correction;
export type Command = repair.Command;
export type Parcel = repair.Parcel;
export type Deadline = repair.Deadline;

export const order = {
  get: (id: string): Promise<OrderView> => call(() => bridge.Get(id)),
  devices: (query: DeviceQuery): Promise<DevicePage> => call(() => bridge.Devices(query)),
  catalog: (): Promise<Catalog> => call(() => settings.Catalog()),
  act: (id: string, command: Partial<Command> & Pick<Command, "kind">) =>
    call(() => bridge.Do({ id: "", ...command, work_order: id } as Command)),
};
