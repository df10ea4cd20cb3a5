import { msg } from "@lingui/core/macro";

import type { Term } from "@/shared/i18n/terms";

/** The stages of the workshop, in the order of the work. */
export const stages = {
  diagnose: { label: msg`Diagnose` },
  corrections: { label: msg`Corrections` },
  receive: { label: msg`Receive` },
  inspect: { label: msg`Inspect` },
  quote: { label: msg`Quote` },
  payments: { label: msg`Payments` },
  repair: { label: msg`Repair` },
  ship: { label: msg`Ship` },
  unclaimed: { label: msg`Unclaimed` },
} satisfies Record<string, Term>;

export type Stage = keyof typeof stages;

export const isStage = (value: string): value is Stage => value in stages;
