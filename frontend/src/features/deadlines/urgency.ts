export type Urgency = "overdue" | "soon" | "week" | "later";

/** How a number of days left is grouped and coloured. */
export function urgencyOf(days: number): Urgency {
  if (days < 0) return "overdue";
  if (days <= 3) return "soon";
  if (days <= 7) return "week";
  return "later";
}
