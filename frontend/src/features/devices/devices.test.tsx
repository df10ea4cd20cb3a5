import { act, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { fakeBridge } from "@/shared/testing/fake-bridge";
import { answer } from "@/shared/testing/fake-work";
import { scan, show } from "@/shared/testing/show";

import { DeviceFinder } from "./components/device-finder";

const hit = { order: "order-1", number: "WO-2026-000014", draft: false, device: "device-1", serial: "JM24X71001", model: "X16-P", status: "repairing", stage: "repairing", at: "2026-11-20T08:00:00Z" };
const typed = vi.fn();

function open(text: string, hits: unknown[] = [hit], kind = "serial") {
  answer(fakeBridge(), "Orders", { FindDevices: hits, Scan: { kind, code: "", order: kind === "serial" ? "" : "order-1", number: "", device: "", parcel: "", valid: true } });
  return show(<DeviceFinder text={text} onText={typed} />);
}

it("finds every repair of a device by a part of its serial", async () => {
  open("X7100");
  expect(await screen.findByRole("link", { name: "WO-2026-000014" })).toHaveAttribute("href", "/orders/order-1");
});

it("looks for what is scanned", async () => {
  open("");
  await screen.findByRole("heading", { name: "Find a device" });
  act(() => scan("JM24X71001"));
  await waitFor(() => expect(typed).toHaveBeenCalledWith("JM24X71001"));
});

it("follows one of our own labels to its work order", async () => {
  const { history } = open("", [], "device_label");
  await screen.findByRole("heading", { name: "Find a device" });
  act(() => scan("HM1X2Y3Z4W5"));
  await waitFor(() => expect(history.at(-1)).toBe("/orders/order-1"));
});

it("names what it did not find", async () => {
  open("NOPE123", []);
  expect(await screen.findByRole("heading", { name: "No such device here" })).toBeVisible();
});
