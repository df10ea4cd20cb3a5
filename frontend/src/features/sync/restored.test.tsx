import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { RestoredNews } from "./components/restored";

const news = (more: object = {}) => ({
  at: "2026-03-01T12:00:00Z", fetching: false, arrived: 0, total: 0,
  again: [
    { id: "op-1", kind: "submit", order: "order-1", was: "HM-2026-000117", now: "HM-2026-000098", asks: false, mark: "sent" },
    { id: "op-2", kind: "send_voucher", order: "order-2", was: "HM-2026-000118", now: "", asks: true, mark: "waiting" },
  ],
  only_here: [{ order: "order-3", number: "HM-2026-000119", things: 4, at: "2026-03-01T12:00:00Z" }],
  unread: [], ...more,
});

let fake: Fake;
const called = (method: string) => fake.calls.filter((call) => call.method === `Sync.${method}`).map((call) => call.args);

function open(restored = news(), later = news({ again: [news().again[0]] })) {
  fake = fakeBridge();
  answer(fake, "Sync", {
    Restored: restored, SayAgain: later, ForgetOnlyHere: news({ only_here: [] }),
    PutRestoredAway: news({ at: "", again: [], only_here: [] }),
  });
  return show(<RestoredNews />);
}

describe("a centre that was restored from an older copy", () => {
  it("R11 says what is sent again, under which number, and what only this PC has", async () => {
    open();
    const again = await screen.findByRole("table", { name: "Sent again" });
    const row = within(again).getByRole("row", { name: /HM-2026-000117/ });
    expect(row).toHaveTextContent("HM-2026-000098");
    expect(within(row).getByRole("link", { name: "HM-2026-000117" })).toHaveAttribute("href", "/orders/order-1");
    expect(within(row).queryByRole("button")).not.toBeInTheDocument();
    expect(within(screen.getByRole("table", { name: "Only on this PC" })).getByRole("row", { name: /HM-2026-000119/ })).toHaveTextContent("4");
  });

  it("what is about money waits for a word, and the news cannot be put away before", async () => {
    const { person } = open();
    expect(await screen.findByText("Waits for your word: it is about money")).toBeVisible();
    expect(screen.getByRole("button", { name: "I have seen it" })).toBeDisabled();
    await person.click(screen.getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(called("SayAgain")).toEqual([["op-2", true]]));
    await waitFor(() => expect(screen.getByRole("button", { name: "I have seen it" })).toBeEnabled());
    await person.click(screen.getByRole("button", { name: "I have seen it" }));
    await waitFor(() => expect(screen.queryByText("The centre was restored from an older copy")).not.toBeInTheDocument());
    expect(called("PutRestoredAway")).toHaveLength(1);
  });

  it("is not sent when a person says no", async () => {
    const { person } = open();
    await person.click(await screen.findByRole("button", { name: "Do not send" }));
    await waitFor(() => expect(called("SayAgain")).toEqual([["op-2", false]]));
  });

  it("forgets what only this PC has when that was asked for twice", async () => {
    const { person } = open();
    await person.click(await screen.findByRole("button", { name: "Forget" }));
    const dialog = await screen.findByRole("dialog", { name: "Forget what only this PC has?" });
    expect(called("ForgetOnlyHere")).toEqual([]);
    await person.click(within(dialog).getByRole("button", { name: "Forget it" }));
    await waitFor(() => expect(called("ForgetOnlyHere")).toEqual([["order-3"]]));
    await waitFor(() => expect(screen.queryByText("HM-2026-000119")).not.toBeInTheDocument());
  });

  it("says how far everything has come, and shows what could not be read as it came", async () => {
    open(news({ at: "", again: [], only_here: [], fetching: true, arrived: 120, total: 4000,
      unread: [{ type: "drone", id: "d1", why: "not known", body: '{"id":"d1"}' }] }));
    expect(await screen.findByText("Everything is fetched from the centre: 120 of 4000. You can go on working.")).toBeVisible();
    expect(screen.getByText("1 entry could not be read")).toBeVisible();
    expect(screen.getByText('{"id":"d1"}')).toBeInTheDocument();
    expect(screen.queryByText("The centre was restored from an older copy")).not.toBeInTheDocument();
  });
});
