import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, catalog, deviceRow, orderView, parcel, usd, workOrder } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { OrderPage } from "./components/order-page";

let fake: Fake;
function open(view = orderView(), props: { tab?: string; staff?: boolean } = {}) {
  fake = fakeBridge();
  answer(fake, "Orders", { Get: view, Do: {}, Devices: { rows: [deviceRow(1), deviceRow(2)], total: 2 } });
  answer(fake, "Settings", { Catalog: catalog() });
  return show(<OrderPage id="order-1" tab={props.tab ?? "overview"} staff={props.staff ?? false} />);
}
const done = () => fake.calls.find((call) => call.method === "Orders.Do")?.args[0];

describe("a work order", () => {
  it("R20 shows the return address as locked, with nothing to edit it", async () => {
    open();
    const card = (await screen.findByText("Locked since it was sent")).closest("section")!;
    expect(card).toHaveTextContent("Industrial zone 4, bld. 12");
    expect(within(card).queryByRole("textbox")).not.toBeInTheDocument();
    expect(within(card).queryByRole("button")).not.toBeInTheDocument();
  });

  it("R21 tells when it was filed and when the centre last answered", async () => {
    open();
    expect(await screen.findByText("The centre last answered")).toBeVisible();
    expect(screen.getByText("Requested; the centre has not answered yet")).toBeVisible();
  });

  it("offers only what the rules offer now", async () => {
    open(orderView({ offers: [{ kind: "accept_quotes", quotes: ["quote-1", "quote-2"] }], due: [usd(8600)] }));
    expect(await screen.findByRole("link", { name: "Answer 2 quotes" })).toHaveAttribute("href", "/orders/order-1/quote");
    for (const name of [/^Pay/, "Pack by scan", "Cancel this order", "Reopen this order"])
      expect(screen.queryByRole("link", { name })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Cancel this order" })).not.toBeInTheDocument();
  });

  it("R19 says in words why a parcel was refused", async () => {
    const refused = parcel({ status: "rejected", rejection: { reason: "content_mismatch", note: "One is missing.", bearer: "sender", at: "", by: "" } });
    open(orderView({ order: workOrder({ stage: "parcel_rejected" }), parcels: [refused] }));
    expect(await screen.findByText(/What is in the box is not what the work order says/)).toBeVisible();
    expect(screen.getByText("One is missing.")).toBeVisible();
  });

  it("asks before it cancels, and tells the centre", async () => {
    const { person } = open(orderView({ offers: [{ kind: "cancel" }] }));
    await person.click(await screen.findByRole("button", { name: "Cancel this order" }));
    await person.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /^Cancel this order/ }));
    await screen.findByText("On its way to the centre.");
    expect(done()).toEqual({ id: "", kind: "cancel", work_order: "order-1" });
  });

  it("shows the people of the centre their own next step", async () => {
    open(orderView({ order: workOrder({ stage: "inspecting" }), offers: [{ kind: "inspect", devices: ["device-1"] }] }), { staff: true });
    expect(await screen.findByText("The inspection has begun.")).toBeVisible();
    expect(screen.getByRole("link", { name: "Inspect" })).toHaveAttribute("href", "/bench/inspect/order-1");
    expect(screen.queryByRole("link", { name: "Contact the office" })).not.toBeInTheDocument();
  });

  it("lists its devices with their states", async () => {
    open(orderView(), { tab: "devices" });
    expect(await screen.findByRole("link", { name: "JM24X71001" })).toBeVisible();
    expect(screen.getAllByText("Quoted")).toHaveLength(2);
  });

  it("R28 sends a message to the centre", async () => {
    const { person } = open(orderView({ offers: [{ kind: "message" }] }), { tab: "messages" });
    await person.type(await screen.findByLabelText("Message"), "When?");
    await person.click(screen.getByRole("button", { name: /Send message/ }));
    expect(done()).toMatchObject({ kind: "message", text: "When?" });
  });
});
