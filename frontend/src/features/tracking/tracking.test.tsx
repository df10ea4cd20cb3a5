import { screen, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, catalog, trackRow } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { TrackingList } from "./components/tracking-list";

let fake: Fake;
let centre: { tracking?: { name: string; trouble: string; since: string }[] } = {};
beforeEach(() => (centre = {}));
function open(rows = [trackRow(), trackRow({ seq: 2, id: "shipment-2", status: "delivered" })], mayConfirm = true) {
  fake = fakeBridge();
  answer(fake, "Tracking", { List: rows });
  answer(fake, "Settings", { Catalog: catalog(), Centre: centre });
  answer(fake, "Orders", { Do: {} });
  return show(<TrackingList mayConfirm={mayConfirm} />);
}

it("R43 shows each of several shipments by itself", async () => {
  open();
  expect(await screen.findByRole("heading", { name: "Return shipment 1 of 2" })).toBeVisible();
  expect(screen.getByRole("heading", { name: "Return shipment 2 of 2" })).toBeVisible();
});

it("confirms the arrival of what still travels, once", async () => {
  const { person } = open();
  await person.click(await screen.findByRole("button", { name: "It has arrived" }));
  await screen.findByText("Noted: it has arrived.");
  expect(fake.calls.find((call) => call.method === "Orders.Do")!.args[0]).toMatchObject({ kind: "confirm_delivery", shipment: "shipment-1" });
});

it("lets nobody of the centre confirm for the customer", async () => {
  open([trackRow()], false);
  await screen.findByRole("heading", { name: "Return shipment 1 of 2" });
  expect(screen.queryByRole("button", { name: "It has arrived" })).not.toBeInTheDocument();
});

it("R08 says what to do about a box held for pickup", async () => {
  open([trackRow({ direction: "to_centre", status: "held_for_pickup", of: 1 })]);
  const card = (await screen.findByRole("heading", { name: "Box 1 of 1" })).closest("section")!;
  expect(within(card).getByText(/ask the carrier to deliver it to the door/)).toBeVisible();
});

it("says that nothing is on its way", async () => {
  open([]);
  expect(await screen.findByRole("heading", { name: "Nothing is on its way" })).toBeVisible();
});

const told = (status: string, source: string) => ({ at: "2026-03-04T02:00:00Z", status, place: "深圳", text: "派送中", source });

it("says who told each line of the timeline", async () => {
  open([trackRow({ events: [told("picked_up", "kuaidi100"), told("out_for_delivery", "by_hand")] })]);
  const lines = within(await screen.findByRole("list", { name: "What happened" })).getAllByRole("listitem");
  expect(lines[0]).toHaveTextContent("Out for delivery");
  expect(lines[0]).toHaveTextContent("深圳 · 派送中 · noted by hand");
  expect(lines[1]).toHaveTextContent("Picked up");
  expect(lines[1]).toHaveTextContent("kuaidi100");
});

it("R22 a box that the carrier has delivered waits for the scan", async () => {
  open([trackRow({ direction: "to_centre", events: [told("delivered", "sf")] })]);
  expect(await screen.findByText(/It is received when the centre scans it/)).toBeVisible();
});

it("R36 a shipment that the carrier takes back is for the office to decide", async () => {
  open([trackRow({ status: "exception", events: [told("returning", "sf")] })]);
  expect(await screen.findByText(/The office asks the customer/)).toBeVisible();
});

it("says plainly why a service tells nothing of a number", async () => {
  open([trackRow({ trouble: { code: "tracking.phone_needed", source: "sf", at: "2026-03-04T02:00:00Z" } })], false);
  expect(await screen.findByText(/SF Express: The carrier shows this parcel only to the phone/)).toBeVisible();
});

it("sends nobody who has the phone on the waybill to ask for it", async () => {
  open([trackRow({ trouble: { code: "tracking.phone_needed", source: "sf", at: "2026-03-04T02:00:00Z" } })]);
  expect(await screen.findByText(/Look at the carrier's page with that phone, or write to the centre/)).toBeVisible();
  expect(screen.queryByText(/Ask the sender/)).not.toBeInTheDocument();
});

it("says who sees to it that a delivery that failed is tried again", async () => {
  open([trackRow({ status: "exception", events: [told("attempt_failed", "sf")] }), trackRow({ id: "box", direction: "to_centre", status: "in_transit", events: [told("attempt_failed", "sf")] })]); // prettier-ignore
  expect(await screen.findByText(/The receiver agrees on another try with the carrier/)).toBeVisible();
  expect(screen.getByText(/the sender asks the carrier to try again at the door/)).toBeVisible();
});

it("says plainly when a service is out of order as a whole", async () => {
  centre = { tracking: [{ name: "kuaidi100", trouble: "tracking.key_wrong", since: "2026-03-04T02:00:00Z" }] };
  open();
  expect(await screen.findByText(/kuaidi100: The tracking service refuses the centre's key/)).toBeVisible();
});
