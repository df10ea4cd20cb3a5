import type { desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Needs";

import { call } from "@/shared/bridge/call";

export type Need = desk.Need;

export const needs = {
  list: (): Promise<Need[]> => call(() => bridge.List()),
};
