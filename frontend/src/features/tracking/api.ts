import type { desk, repair } from "@wails/go/models";
import * as orders from "@wails/go/app/Orders";
import * as settings from "@wails/go/app/Settings";
import * as bridge from "@wails/go/app/Tracking";

import { call } from "@/shared/bridge/call";

export type TrackRow = desk.TrackRow;

export const tracking = {
  list: (order: string): Promise<TrackRow[]> => call(() => bridge.List(order)),
  carriers: async (): Promise<repair.CarrierRow[]> => (await call(() => settings.Catalog())).carriers,
  services: async (): Promise<repair.TrackingService[]> => (await call(() => settings.Centre())).tracking ?? [],
  confirmDelivery: (order: string, shipment: string) =>
    call(() => orders.Do({ kind: "confirm_delivery", work_order: order, shipment } as repair.Command)),
};
