import { msg } from "@lingui/core/macro";

import type { Term } from "@/shared/i18n/terms";

/** What a deadline is about, in words. */
export const deadlineTerms: Record<string, Term> = {
  dispatch: { label: msg`The centre sends it home`, tone: "info" },
  warranty_end: { label: msg`Last day of receipt in warranty`, tone: "warn" },
  quote_valid: { label: msg`The quote lapses`, tone: "money" },
  forfeit: { label: msg`The centre may keep it from here on`, tone: "error" },
  reminder: { label: msg`Reminder`, tone: "warn" },
};

export type Urgency = "overdue" | "soon" | "week" | "later";

/** How a number of days left is grouped and coloured: 3, 7 and 14 days. */
export function urgencyOf(days: number): Urgency {
  if (days < 0) return "overdue";
  if (days <= 3) return "soon";
  if (days <= 7) return "week";
  return "later";
}
