import type { desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Orders";

import { call } from "@/shared/bridge/call";

export type DeviceHit = desk.DeviceHit;

export const devices = {
  scan: (code: string): Promise<desk.ScanTarget> => call(() => bridge.Scan(code)),
  find: (text: string): Promise<DeviceHit[]> => call(() => bridge.FindDevices(text)),
};
