import { screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, refusal } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { LabelDesk } from "./components/label-desk";

let fake: Fake;
const preview = { job: "j", pages: 2, page_url: "/local/labels/j/{n}.svg", pdf_url: "", draft: false, draft_why: "", findings: [] };
const chosen = vi.fn();
const queues = [{ id: "queue:a", name: "Office", default: true }, { id: "queue:zebra", name: "Zebra", default: false }];

function open(answers: Record<string, unknown> = {}, printer = "") {
  fake = fakeBridge();
  answer(fake, "Labels", { Preview: preview, Printers: queues, Print: { path: "", url: "" }, Save: { path: "/home/me/labels.pdf", url: "" }, ...answers });
  return show(<LabelDesk order="order-1" printer={printer} onPrinter={chosen} />);
}
const printed = () => fake.calls.find((call) => call.method === "Labels.Print")?.args;

it("shows every page as it will be printed, and prints on the printer used last", async () => {
  const { person } = open({}, "queue:zebra");
  expect(await screen.findByRole("img", { name: "Page 2" })).toHaveAttribute("src", "/local/labels/j/2.svg");
  await waitFor(() => expect(screen.getByRole("button", { name: /^Print/ })).toBeEnabled());
  await person.click(screen.getByRole("button", { name: /^Print/ }));
  await screen.findByText("Sent to the printer.");
  expect(printed()?.[1]).toBe("queue:zebra");
});

it("R03 R15 says that a draft may not travel", async () => {
  open({ Preview: { ...preview, draft: true, draft_why: "" } });
  expect(await screen.findByText("These pages say DRAFT: no parcel may leave with them.")).toBeVisible();
});

it("without a printer the PDF can still be saved", async () => {
  const { person } = open({ Printers: [] });
  await screen.findByRole("img", { name: "Page 1" });
  expect(screen.getByRole("button", { name: /^Print/ })).toBeDisabled();
  await person.click(screen.getByRole("button", { name: "Save PDF" }));
  expect(await screen.findByText("Saved as /home/me/labels.pdf")).toBeVisible();
});

it("leads to packing while there is nothing to print", async () => {
  open({ Preview: () => refusal("labels.nothing_to_print", "invalid") });
  expect(await screen.findByRole("link", { name: "Pack by scan" })).toHaveAttribute("href", "/orders/order-1/pack");
});
