import type { desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Tracking";

import { call } from "@/shared/bridge/call";

export type DeadlineRow = desk.DeadlineRow;

export const deadlines = {
  list: (): Promise<DeadlineRow[]> => call(() => bridge.Deadlines()),
};
