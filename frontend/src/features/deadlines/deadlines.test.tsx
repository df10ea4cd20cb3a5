import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, why } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { DeadlineList } from "./components/deadline-list";
import { urgencyOf } from "./urgency";

const row = (kind: string, days: number) => ({
  order: "order-1", number: "WO-2026-000014", customer: "North Ridge",
  deadline: { kind, date: "2026-12-16", days_left: days, estimate: true, final: false, devices: ["a", "b"], why: why("R34", "why.forfeit_unpaid", { forfeit_days: "90" }), consequence: "deadline.may_be_forfeited" },
}); // prettier-ignore

function open(rows: unknown[]) {
  answer(fakeBridge(), "Tracking", { Deadlines: rows });
  return show(<DeadlineList />);
}

it("R50 shows each date with its days, its consequence and its why", async () => {
  const { person } = open([row("forfeit", 2)]);
  expect(await screen.findByText("2 days left")).toBeVisible();
  expect(screen.getByText(/A person decides/)).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Why? Rule R34" }));
  expect(await screen.findByText("The payment has been open for too long.")).toBeVisible();
  expect(screen.getByText("Days of waiting")).toBeVisible();
});

it("sorts them by how near they are", async () => {
  open([row("dispatch", -1), row("forfeit", 3), row("quote_valid", 7), row("reminder", 40)]);
  await screen.findByText("1 day ago");
  expect(screen.getAllByRole("heading").map((one) => one.textContent)).toEqual(["Past", "Within three days", "Within a week", "Later"]);
});

it("knows where one group ends", () => {
  expect([-1, 0, 3, 4, 7, 8].map(urgencyOf)).toEqual(["overdue", "soon", "soon", "week", "week", "later"]);
});

it("has good news when there is none", async () => {
  open([]);
  expect(await screen.findByRole("heading", { name: "No deadlines" })).toBeVisible();
});
