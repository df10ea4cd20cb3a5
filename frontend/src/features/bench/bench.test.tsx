import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Money } from "@/shared/bridge/models";
import type { Stage } from "./stages";
import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, catalog, device, deviceRow, orderView, packed, parcel, payment, usd, workOrder } from "@/shared/testing/fake-work";
import { scan, show } from "@/shared/testing/show";

import { BenchBoard } from "./components/bench-page";

let fake: Fake;
const offers = [
  { kind: "inspect", devices: ["device-1", "device-2"] },
  { kind: "send_quotes", devices: ["device-1"] },
  { kind: "ship", devices: ["device-1"] },
  { kind: "decide_payment", payments: ["payment-1"] },
];
const unchecked = { outcome: "", why: "", packer: "", holder: "", staff: false, received: false, check: "" };
const signed = { ...unchecked, outcome: "verified", packer: "Farm PC", holder: "North Ridge", check: "123456" };
const nowhere = { kind: "unknown", code: "", order: "", number: "", device: "", parcel: "", valid: false };

function open(stage: Stage, order = "", { rows = [deviceRow(1), deviceRow(2)], view = orderView({ offers, payments: [payment()] }), office = true, check = unchecked } = {}) {
  fake = fakeBridge();
  const waiting = { id: "order-1", number: "WO-2026-000014", reference: "", customer: "North Ridge", devices: 2, stage: "inspecting", flags: [], due: [], deadline: "", deadline_kind: "", days_left: 0, sync: "sent", updated: "2026-11-20T08:00:00Z", draft: false };
  answer(fake, "Bench", {
    Stage: { stage, rows: [waiting], total: 1, counts: { inspect: 2 } },
    Unclaimed: [], FindParcel: { outcome: "expected", order: workOrder(), parcel: parcel({ status: "in_transit" }), expected: [packed(1), packed(2)], check },
    CheckLabel: (_code: string, counted: string[]) => ({ ...signed, outcome: counted.includes("FOREIGN1") ? "contents_differ" : "verified" }),
  }); // prettier-ignore
  answer(fake, "Orders", {
    Get: view, Do: {}, Devices: ({ offset }: { offset: number }) => ({ rows: rows.slice(offset, offset + 200), total: rows.length }),
    Scan: (code: string) => (code === "WO2026000014" ? { ...nowhere, kind: "order_label", order: "order-1" } : nowhere),
  }); // prettier-ignore
  answer(fake, "Settings", { Catalog: catalog(), Centre: { settings: { currencies: ["USD", "USDT"] } } });
  return show(<BenchBoard stage={stage} order={order} office={office} />);
}
const done = () => fake.calls.find((call) => call.method === "Orders.Do")?.args[0];

describe("the bench", () => {
  it("opens the order whose label is scanned", async () => {
    const { history } = open("inspect");
    await screen.findByRole("heading", { name: "Choose a work order, or scan its label" });
    act(() => scan("WO2026000014"));
    await waitFor(() => expect(history.at(-1)).toBe("/bench/inspect/order-1"));
  });

  it("names a code that no work order has", async () => {
    open("inspect");
    await screen.findByRole("link", { name: /WO-2026-000014/ });
    act(() => scan("ZZ9999999"));
    expect(await screen.findByText("No work order here has ZZ9999999.")).toBeVisible();
  });

  it("draws only the devices in view, however many there are", async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => deviceRow(i + 1));
    const view = orderView({ offers: [{ kind: "inspect", devices: rows.map(({ device }) => device.id) }] });
    open("inspect", "order-1", { rows, view });
    expect(await screen.findByRole("checkbox", { name: /JM24X71001/ })).toBeVisible();
    expect(screen.getAllByRole("checkbox").length).toBeLessThan(40);
  });

  it("a scan picks its device, and scrap needs its reason (R30)", async () => {
    const { person } = open("inspect", "order-1");
    await screen.findByRole("checkbox", { name: /JM24X71002/ });
    act(() => scan("JM24X71002"));
    await person.click(await screen.findByRole("radio", { name: "Scrap" }));
    expect(screen.getByRole("button", { name: /Record the inspection/ })).toBeDisabled();
    await person.click(screen.getByRole("combobox", { name: "Why it is scrap (R30)" }));
    await person.click(await screen.findByRole("option", { name: /Burnt/ }));
    await person.click(screen.getByRole("button", { name: /Record the inspection/ }));
    await waitFor(() => expect(done()).toMatchObject({ kind: "inspect", inspection: { device: "device-2", class: "scrap", scrap_codes: ["S01"] } }));
  });

  it("R26 quotes in a currency that the centre takes", async () => {
    const { person } = open("quote", "order-1");
    await person.click(await screen.findByRole("checkbox", { name: /JM24X71001/ }));
    await person.type(screen.getByLabelText("Work or part"), "Chips");
    await person.type(await screen.findByLabelText("Amount, USD"), "86");
    await person.click(screen.getByRole("button", { name: /Send the quotes/ }));
    await waitFor(() => expect(done()).toMatchObject({ offers: [{ device: "device-1", lines: [{ text: "Chips", amount: { amount: 8600, currency: "USD" } }] }] }));
  });

  it("R43 sends a part of the order home and says what stays", async () => {
    const { person } = open("ship", "order-1");
    await person.click(await screen.findByRole("checkbox", { name: /JM24X71001/ }));
    expect(screen.getByText(/1 device is not ready or not paid, and stays/)).toBeVisible();
    await person.type(screen.getByLabelText("Waybill number"), "SF10");
    await person.click(screen.getByRole("button", { name: "Send 1 device home" }));
    await waitFor(() => expect(done()).toMatchObject({ kind: "ship", ship: { carrier: "sf", waybill_number: "SF10", devices: ["device-1"] } }));
  });

  it("R45 offers only carriers of the return list", async () => {
    const { person } = open("ship", "order-1");
    await person.click(await screen.findByRole("combobox", { name: "Carrier (R45)" }));
    expect((await screen.findAllByRole("option")).map((option) => option.textContent)).toEqual(["SF Express"]);
  });

  it("R26 the price list fills in the lines, and a technician may change them", async () => {
    const { person } = open("quote", "order-1");
    answer(fake, "Bench", { Propose: [{ code: "F09", text: "Fan replaced", amount: { amount: 2500, currency: "USD" } }] });
    await person.click(await screen.findByRole("checkbox", { name: /JM24X71001/ }));
    await person.click(screen.getByRole("button", { name: "Fill in from the price list" }));
    expect(await screen.findByDisplayValue("Fan replaced")).toBeVisible();
    await person.clear(screen.getByDisplayValue("25.00"));
    await person.type(screen.getByLabelText(/^Amount/), "30");
    await person.click(screen.getByRole("button", { name: /Send the quotes/ }));
    await waitFor(() => expect(done()).toMatchObject({ offers: [{ lines: [{ code: "F09", text: "Fan replaced", amount: { amount: 3000 } }] }] }));
  });

  it("R26 what was typed stays beside the lines of the price list, and no figure changes its currency", async () => {
    const { person } = open("quote", "order-1");
    answer(fake, "Bench", { Propose: (_order: string, _devices: string[], currency: string) =>
      [{ code: "F09", text: "Fan replaced", amount: { amount: currency === "USD" ? 2500 : 26000000, currency } }] }); // prettier-ignore
    await person.click(await screen.findByRole("checkbox", { name: /JM24X71001/ }));
    await person.click(screen.getByLabelText("Work or part"));
    await person.paste("Cleaned"); // typed as fast as this it is a scanner's
    await person.type(await screen.findByLabelText("Amount, USD"), "12");
    const fill = screen.getByRole("button", { name: "Fill in from the price list" });
    await person.click(fill);
    expect(await screen.findByDisplayValue("Fan replaced")).toBeVisible();
    const texts = () => screen.getAllByLabelText<HTMLInputElement>("Work or part").map((field) => field.value);
    expect(texts()).toEqual(["Cleaned", "Fan replaced"]);
    await person.click(screen.getByRole("combobox", { name: "Currency" }));
    await person.click(await screen.findByRole("option", { name: "USDT" }));
    expect(screen.getAllByLabelText<HTMLInputElement>("Amount, USDT").map((field) => field.value)).toEqual(["", ""]);
    expect(screen.getByRole("button", { name: /Send the quotes/ })).toBeDisabled();
    await person.type(screen.getAllByLabelText("Amount, USDT")[0] ?? fill, "13");
    await person.click(fill);
    expect(await screen.findByDisplayValue("26.000000")).toBeVisible();
    expect(texts()).toEqual(["Cleaned", "Fan replaced"]);
  });

  for (const refused of [false, true]) {
    it(`an answer that comes late ${refused ? "brings back what it refuses" : "takes nothing that was picked since"}`, async () => {
      const view = orderView({ offers: [{ kind: "start_repair", devices: ["device-1", "device-2"] }] });
      const { person } = open("repair", "order-1", { view });
      let end: () => void = () => undefined;
      const late = new Promise((resolve, reject) => {
        end = () => (refused ? reject(new Error("no")) : resolve(view));
      });
      answer(fake, "Orders", { Do: () => late });
      await person.click(await screen.findByRole("checkbox", { name: /JM24X71001/ }));
      await person.click(await screen.findByRole("button", { name: "Start the repair (1)" }));
      await person.click(screen.getByRole("checkbox", { name: /JM24X71002/ }));
      await act(async () => {
        end();
        await late.catch(() => undefined);
      });
      expect(await screen.findByRole("button", { name: `Start the repair (${refused ? 2 : 1})` })).toBeEnabled();
      expect(screen.getByRole("checkbox", { name: /JM24X71002/ })).toBeChecked();
    });
  }

  it("R39 a short payment is named, not confirmed", async () => {
    const { person } = open("payments", "order-1");
    await person.type(await screen.findByLabelText(/Amount that arrived/), "100");
    expect(screen.getByRole("button", { name: "The money is here: confirm" })).toBeDisabled();
    await person.click(screen.getByRole("button", { name: "Too little arrived" }));
    await waitFor(() => expect(done()).toMatchObject({ payment_decision: { status: "underpaid", received: { amount: 10000, currency: "USD" } } }));
  });

  it("money goes back whole or down to the sum, with a reason and a proof", async () => {
    const paid = payment({ status: "overpaid", received: { amount: 20000, currency: "USD" } });
    const refundable = [{ payment: "payment-1", excess: usd(2400), all: usd(20000) }];
    const { person } = open("payments", "order-1", { view: orderView({ offers, payments: [paid], refundable }) });
    const give = await screen.findByRole("button", { name: /24\.00.*went back/ });
    expect(screen.getByRole("heading", { name: /Give money back.*WO-2026-000014-P1/ })).toBeVisible();
    expect(give).toBeDisabled();
    expect(screen.queryByRole("button", { name: "Reject the voucher" })).not.toBeInTheDocument();
    await person.type(screen.getByLabelText("Why money goes back, for the customer"), "paid twice");
    await person.type(screen.getByLabelText("Transaction id of the refund"), "back-7");
    await person.click(screen.getByRole("radio", { name: /All of it/ }));
    await person.click(screen.getByRole("button", { name: /200\.00.*went back/ }));
    await waitFor(() =>
      expect(done()).toMatchObject({
        payment_decision: { status: "refunded", refund: { amount: 20000, currency: "USD" }, reason: "paid twice", tx_id: "back-7" },
      }),
    );
  });

  it("what is typed for money that went back is not there for more, and what may go back is the rules'", async () => {
    const paid = payment({ status: "overpaid", received: usd(20000) });
    const { person } = open("payments", "order-1", { view: orderView({ offers, payments: [paid], refundable: [{ payment: "payment-1", excess: usd(2400), all: usd(20000) }] }) }); // prettier-ignore
    await person.type(await screen.findByLabelText("Why money goes back, for the customer"), "paid twice");
    await person.type(screen.getByLabelText("Transaction id of the refund"), "back-7");
    const left = (refundable: { payment: string; excess: Money; all: Money }[]) =>
      answer(fake, "Orders", { Get: orderView({ offers, payments: [payment({ status: "confirmed", received: usd(20000) })], refundable }) });
    left([{ payment: "payment-1", excess: usd(0), all: usd(17600) }]);
    await person.click(screen.getByRole("button", { name: /24\.00.*went back/ }));
    expect(await screen.findByRole("button", { name: /176\.00.*went back/ })).toBeDisabled();
    expect(screen.getByLabelText("Why money goes back, for the customer")).toHaveValue("");
    expect(screen.queryByRole("radio")).toBeNull();
    await person.type(screen.getByLabelText("Why money goes back, for the customer"), "sorry");
    await person.type(screen.getByLabelText("Transaction id of the refund"), "back-8");
    left([]);
    await person.click(screen.getByRole("button", { name: /176\.00.*went back/ }));
    await waitFor(() => expect(screen.queryByRole("button", { name: /went back/ })).toBeNull());
  });

  it("tells a technician that payments are the office's", async () => {
    open("payments", "order-1", { view: orderView({ payments: [payment()] }), office: false });
    expect(await screen.findByText(/Payments are confirmed by the office/)).toBeVisible();
  });
});

describe("receiving", () => {
  it("R16 R22 counts a box from zero and takes it only whole", async () => {
    open("receive");
    await screen.findByRole("heading", { name: "Scan a waybill" });
    act(() => scan("SF1000590733158"));
    const count = within(await screen.findByRole("list", { name: "Expected devices" }));
    expect(count.getAllByLabelText("not yet")).toHaveLength(2);
    act(() => scan("JM24X71001"));
    await waitFor(() => expect(count.getAllByLabelText("found")).toHaveLength(1));
    expect(screen.getByRole("button", { name: /Record the goods receipt/ })).toBeDisabled();
    act(() => scan("JM24X71002"));
    await waitFor(() => expect(screen.getByRole("button", { name: /Record the goods receipt/ })).toBeEnabled());
  });

  it("says whether a signed box holds what was packed", async () => {
    open("receive", "", { check: signed });
    await screen.findByRole("heading", { name: "Scan a waybill" });
    act(() => scan("SF1000590733158"));
    expect(await screen.findByText("Verified: the contents are what was packed")).toBeVisible();
    expect(screen.getByText("Farm PC")).toBeVisible();
    act(() => scan("JM24X71001"));
    act(() => scan("FOREIGN1"));
    expect(await screen.findByText(/Contents differ/)).toBeVisible();
  });

  it("says why a box is not verified", async () => {
    open("receive", "", { check: { ...unchecked, outcome: "not_verified", why: "label.check_unsigned" } });
    await screen.findByRole("heading", { name: "Scan a waybill" });
    act(() => scan("SF1000590733158"));
    expect(await screen.findByText("Not verified")).toBeVisible();
    expect(screen.getByText(/Anybody could have printed it/)).toBeVisible();
  });

  it("refuses a parcel only with a reason and a word", async () => {
    const { person } = open("receive");
    await screen.findByRole("heading", { name: "Scan a waybill" });
    act(() => scan("SF1000590733158"));
    await person.click(await screen.findByRole("button", { name: "Refuse the parcel" }));
    const sheet = within(await screen.findByRole("dialog"));
    expect(sheet.getByRole("button", { name: /Refuse the parcel/ })).toBeDisabled();
  });
});

it("R02 a question needs its words", async () => {
  const { person } = open("diagnose", "order-1", { view: orderView({ offers: [{ kind: "diagnose" }] }), rows: [deviceRow(1, { device: device(1) })] });
  await person.click(await screen.findByRole("radio", { name: "A question for the customer first" }));
  expect(screen.getByRole("button", { name: /Give the diagnosis/ })).toBeDisabled();
});
