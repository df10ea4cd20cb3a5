import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, catalog, trackRow } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { TrackingList } from "./components/tracking-list";

let fake: Fake;
function open(rows = [trackRow(), trackRow({ seq: 2, id: "shipment-2", status: "delivered" })], mayConfirm = true) {
  fake = fakeBridge();
  answer(fake, "Tracking", { List: rows });
  answer(fake, "Settings", { Catalog: catalog() });
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
