import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, box, catalog, packed, packView, why } from "@/shared/testing/fake-work";
import { scan, show } from "@/shared/testing/show";

import { PackingDesk } from "./components/packing-desk";

let fake: Fake;
const check = { normal: "", format: "ok", check_digit: "ok", blocking: false, codes: [] };

function open(view = packView()) {
  fake = fakeBridge();
  answer(fake, "Settings", { Catalog: catalog() });
  answer(fake, "Packing", {
    Get: view, CheckWaybill: check, SetBox: view, Tick: view, Confirm: view, HandOver: view, AddBox: view, PackRest: view,
    Scan: (_order: string, seq: number, code: string) => ({ outcome: code === "JM24X71002" ? "packed" : "not_in_order", serial: code, box: seq, left: 0, view, check: { outcome: "", why: "", packer: "", holder: "", staff: false, received: false, check: "" } }),
  }); // prettier-ignore
  return show(<PackingDesk order="order-1" />);
}
// A hand's typing: keys as quick as a test's would be taken for a scanner's.
const fill = (name: string, value: string) => {
  fireEvent.change(screen.getByLabelText(name), { target: { value } });
  fireEvent.blur(screen.getByLabelText(name));
};
const calls = (method: string) => fake.calls.filter((call) => call.method === method).map((call) => call.args);

describe("packing by scan", () => {
  it("packs what is scanned, wherever the focus is", async () => {
    open();
    await screen.findByText("Scan the serial of each device");
    act(() => scan("JM24X71002"));
    expect(await screen.findByText("In box 1")).toBeVisible();
    expect(calls("Packing.Scan")).toEqual([["order-1", 1, "JM24X71002"]]);
  });

  it("R16 says at once that a foreign device stays out", async () => {
    open();
    await screen.findByText("Scan the serial of each device");
    act(() => scan("ZZ99999999"));
    expect(await screen.findByText("Not in this work order: leave it out")).toBeVisible();
  });

  it("R03 packs nothing before the return is confirmed", async () => {
    open(packView({ open: false, boxes: [], stage: "submitted" }));
    expect(await screen.findByRole("heading", { name: "Not to be packed yet" })).toBeVisible();
    expect(screen.queryByRole("button", { name: /File boxes/ })).not.toBeInTheDocument();
  });

  it("files nothing while a box is empty or something blocks", async () => {
    open(packView({ boxes: [box(1)], left: 2 }));
    expect(await screen.findByRole("button", { name: /File boxes and waybills/ })).toBeDisabled();
  });
});

describe("the waybill of a box", () => {
  it("R10 collect and cash on delivery cannot be chosen", async () => {
    open();
    const freight = within(await screen.findByRole("radiogroup", { name: "Freight" }));
    expect(freight.getByRole("radio", { name: "Prepaid by you" })).toBeChecked();
    expect(freight.getByRole("radio", { name: "Freight collect" })).toBeDisabled();
    expect(freight.getByRole("radio", { name: "Cash on delivery" })).toBeDisabled();
  });

  it("R08 pickup at a depot cannot be chosen", async () => {
    open();
    const delivery = within(await screen.findByRole("radiogroup", { name: "Delivery" }));
    expect(delivery.getByRole("radio", { name: "To the centre's door" })).toBeChecked();
    expect(delivery.getByRole("radio", { name: "Pickup at the depot" })).toBeDisabled();
  });

  it("R17 a second typing that differs is said and proves nothing", async () => {
    open();
    await screen.findByLabelText("Waybill number");
    fill("Waybill number", "SF1000590733158");
    fill("Waybill number again", "SF1000590733159");
    expect(screen.getByText("The two numbers differ")).toBeVisible();
    await waitFor(() => expect(calls("Packing.SetBox")).toHaveLength(2));
    expect(calls("Packing.SetBox").map((args) => (args[2] as { waybill_again: string }).waybill_again)).toEqual(["", ""]);
  });

  it("R17 the same number twice is kept, and its beginning is no difference yet", async () => {
    open();
    await screen.findByLabelText("Waybill number");
    fill("Waybill number", "SF1000590733158");
    fireEvent.change(screen.getByLabelText("Waybill number again"), { target: { value: "SF10005907" } });
    expect(screen.queryByText("The two numbers differ")).not.toBeInTheDocument();
    fill("Waybill number again", "sf1000590733158");
    await waitFor(() => expect(calls("Packing.SetBox").at(-1)?.[2]).toMatchObject({ waybill: "SF1000590733158", waybill_again: "sf1000590733158" }));
  });

  it("R17 a scanned number needs no second typing, and the form shows it", async () => {
    open(packView({ boxes: [box(1, { devices: [packed(1)], waybill: "SF1000590733158", checked_by: "scan" })] }));
    expect(await screen.findByLabelText("Waybill number")).toHaveValue("SF1000590733158");
    expect(screen.queryByLabelText("Waybill number again")).not.toBeInTheDocument();
  });

  for (const [written, grams] of [["22.5", 22500], ["0,75", 750]] as const) {
    it(`weighs ${written} kg as it is written`, async () => {
      const { person } = open();
      const weight = await screen.findByLabelText("Weight, kg");
      await person.clear(weight);
      await person.type(weight, written);
      await person.tab();
      await waitFor(() => expect(calls("Packing.SetBox").at(-1)?.[2]).toMatchObject({ weight_grams: grams }));
    });
  }

  it("R24 says by which day a device must arrive", async () => {
    const deadline = { kind: "warranty_end", date: "2026-12-16", days_left: 24, estimate: true, final: false, devices: ["device-1"], why: why("R24"), consequence: "" };
    open(packView({ warranty: [deadline] }));
    expect(await screen.findByText(/In warranty only if the centre receives it by/)).toHaveTextContent("Dec 16, 2026");
  });

  it("R07 the guidance is ticked step by step", async () => {
    const { person } = open();
    await person.click(await screen.findByRole("checkbox", { name: "Wrap it." }));
    await waitFor(() => expect(calls("Packing.Tick")).toEqual([["order-1", ["P1", "P2"]]]));
  });

  it("leads from a finding to its own box, though an earlier one has gone", async () => {
    const finding = { code: "waybill.number_required", severity: "warning", rule: "R14", row: 1, args: {} };
    open(packView({ boxes: [box(1, { status: "in_transit" }), box(2, { devices: [packed(2)] })], findings: [finding] }));
    expect(await screen.findByRole("button", { name: "Go to box 2" })).toBeVisible();
  });
});
