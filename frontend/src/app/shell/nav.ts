import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

export type Section = "farm" | "workshop" | "system";

export interface NavEntry {
  path: string;
  label: MessageDescriptor;
  section: Section;
  /** Which of the shell's numbers stands beside it. */
  count?: "needs" | "outbox" | "quotes" | "payments";
}

export const sections: Record<Section, MessageDescriptor> = {
  farm: msg`My farm`,
  workshop: msg`Workshop`,
  system: msg`System`,
};

/** The left navigation in order. One role hides the other group. */
const navigation: readonly NavEntry[] = [
  { path: "/needs", label: msg`Needs you`, section: "farm", count: "needs" },
  { path: "/orders", label: msg`Work orders`, section: "farm" },
  { path: "/quotes", label: msg`Quotes`, section: "farm" },
  { path: "/payments", label: msg`Payments`, section: "farm" },
  { path: "/track", label: msg`Tracking`, section: "farm" },
  { path: "/deadlines", label: msg`Deadlines`, section: "farm" },
  { path: "/devices", label: msg`Devices`, section: "farm" },
  { path: "/needs", label: msg`Needs you`, section: "workshop", count: "needs" },
  { path: "/bench", label: msg`Bench`, section: "workshop" },
  { path: "/orders", label: msg`Work orders`, section: "workshop" },
  { path: "/devices", label: msg`Devices`, section: "workshop" },
  { path: "/sync", label: msg`Sync and outbox`, section: "system", count: "outbox" },
  { path: "/printers", label: msg`Printers`, section: "system" },
  { path: "/settings", label: msg`Settings`, section: "system" },
];

export function navFor(role: string): NavEntry[] {
  const hidden: Section = role === "customer" ? "workshop" : "farm";
  return navigation.filter((entry) => entry.section !== hidden);
}
