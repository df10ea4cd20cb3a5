import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, refusal } from "@/shared/testing/fake-work";
import { scan, show } from "@/shared/testing/show";

import { JobList } from "./components/job-list";
import { LabelDesk } from "./components/label-desk";
import { PrintersCard } from "./components/printers-card";

let fake: Fake;
const preview = { job: "j", pages: 2, page_url: "/local/labels/j/{n}.svg", pdf_url: "", draft: false, draft_why: "", findings: [], again: 0 };
const queues = [{ id: "queue:a", name: "Office", default: true, set_up: false, language: "pdf", dpi: 0 }, { id: "profile:z", name: "Zebra", default: false, set_up: true, language: "zpl", dpi: 203 }];
const profile = { id: "z", name: "Zebra", target: "tcp", address: "10.0.0.7", queue: "", language: "zpl", dpi: 203, darkness: 0, speed: 0, rotation: 0, off_x: 0, off_y: 0, hex: false, media: "", gap: 0 };
const job = { id: "job-1", order: "order-1", title: "WO-1-box", printer: "Zebra", document: "box", labels: 2, again: 0, why: "", state: "queued", bytes: 0, created: "2026-11-20T08:00:00Z", updated: "2026-11-20T08:00:00Z" };

const papersOf = (why: string) => ["report", "quote", "receipt"].map((document) => ({ document, why: why && `label.${document}_${why}` }));

function answers(more: Record<string, unknown> = {}) {
  fake = fakeBridge();
  answer(fake, "Labels", {
    Preview: preview, Printers: queues, Print: job, Save: { path: "/home/me/labels.pdf", url: "" }, Jobs: [job],
    PrinterSettings: { profiles: [profile], papers: [{ paper: "large", printer: "profile:z" }] }, SetPaper: { profiles: [profile], papers: [] },
    Papers: papersOf(""), Sheets: [{ id: "a4_small_18", nx: 3, ny: 6, next: 5 }], ...more,
  }); // prettier-ignore
}
function open(more: Record<string, unknown> = {}) {
  answers(more);
  return show(<LabelDesk order="order-1" />);
}
const called = (method: string) => fake.calls.filter((call) => call.method === `Labels.${method}`).at(-1)?.args;

describe("printing", () => {
  it("shows every page as it will be printed, and prints on the printer of its paper", async () => {
    const { person } = open();
    expect(await screen.findByRole("img", { name: "Page 2" })).toHaveAttribute("src", "/local/labels/j/2.svg");
    await waitFor(() => expect(screen.getByRole("button", { name: /^Print/ })).toBeEnabled());
    await person.click(screen.getByRole("button", { name: /^Print/ }));
    await screen.findByText("Given to Zebra. Its state is under Printers.");
    expect(called("Print")?.[1]).toBe("profile:z");
  });

  it("gives one job, however often Print is pressed while it is given", async () => {
    let given = () => {};
    const wait = new Promise<void>((done) => (given = done));
    open();
    const print = fake.bound.Labels!.Print!;
    fake.bound.Labels!.Print = (...args) => Promise.all([print(...args), wait]).then(([one]) => one);
    const button = await screen.findByRole("button", { name: /^Print/ });
    await waitFor(() => expect(button).toBeEnabled());
    fireEvent.click(button);
    fireEvent.click(button);
    await waitFor(() => expect(button).toBeDisabled());
    for (const key of ["p", "Enter", "p"]) fireEvent.keyDown(window, { key, ctrlKey: true });
    await act(async () => given());
    await screen.findByText("Given to Zebra. Its state is under Printers.");
    expect(fake.calls.filter((call) => call.method === "Labels.Print")).toHaveLength(1);
    expect(called("Save")).toBeUndefined();
    await waitFor(() => expect(button).toBeEnabled());
    fireEvent.keyDown(window, { key: "p", ctrlKey: true });
    await waitFor(() => expect(fake.calls.filter((call) => call.method === "Labels.Print")).toHaveLength(2));
  });

  it("shows the dots that the print head burns", async () => {
    const { person } = open();
    await person.click(await screen.findByRole("radio", { name: "Print head" }));
    expect(await screen.findByRole("img", { name: "Page 1" })).toHaveAttribute("src", "/local/labels/j/1.png?printer=profile%3Az");
  });

  it("prints again only with a reason", async () => {
    const { person } = open({ Preview: { ...preview, again: 2 } });
    await screen.findByRole("img", { name: "Page 1" });
    await waitFor(() => expect(screen.getByRole("button", { name: /^Print/ })).toBeEnabled());
    await person.click(screen.getByRole("button", { name: /^Print/ }));
    const sheet = within(await screen.findByRole("dialog"));
    expect(sheet.getByText(/2 of these labels were printed before/)).toBeVisible();
    expect(sheet.getByRole("button", { name: /Print again/ })).toBeDisabled();
    await person.click(sheet.getByRole("radio", { name: "The label was damaged" }));
    await person.click(sheet.getByRole("button", { name: /Print again/ }));
    await waitFor(() => expect(called("Print")?.[0]).toMatchObject({ why: "damaged" }));
  });

  it("R03 R15 says that a draft may not travel", async () => {
    open({ Preview: { ...preview, draft: true } });
    expect(await screen.findByText("These pages say DRAFT: no parcel may leave with them.")).toBeVisible();
  });

  it("without a printer the PDF can still be saved, and a queue that prints no PDF is none", async () => {
    const { person } = open({ Printers: queues.filter((one) => !one.set_up).map((one) => ({ ...one, language: "" })) });
    await screen.findByRole("img", { name: "Page 1" });
    expect(screen.getByRole("button", { name: /^Print/ })).toBeDisabled();
    await person.click(screen.getByRole("button", { name: "Save PDF" }));
    expect(await screen.findByText("Saved as /home/me/labels.pdf")).toBeVisible();
  });

  it("offers the papers of the centre once their facts exist, in one language", async () => {
    const { person } = open();
    await person.click(await screen.findByRole("combobox", { name: "What to print" }));
    await person.click(await screen.findByRole("option", { name: "Payment receipt, A4" }));
    await waitFor(() => expect(called("Preview")?.[0]).toMatchObject({ document: "receipt" }));
    expect(screen.queryByText(/Chinese stands on every label/)).toBeNull();
  });

  it("says why a paper of the centre cannot be printed yet", async () => {
    const { person } = open({ Papers: papersOf("not_yet") });
    await person.click(await screen.findByRole("combobox", { name: "What to print" }));
    expect(await screen.findByText("The centre has not confirmed a payment of this work order yet.")).toBeVisible();
    for (const name of [/^Inspection or refusal report/, /^Quote, A4/, /^Payment receipt/]) {
      expect(screen.getByRole("option", { name })).toHaveAttribute("data-combobox-disabled", "true");
    }
  });

  it("leads to packing while there is nothing to print", async () => {
    open({ Preview: () => refusal("labels.nothing_to_print", "invalid") });
    expect(await screen.findByRole("link", { name: "Pack by scan" })).toHaveAttribute("href", "/orders/order-1/pack");
  });

  it("says that all of them were printed, and does not lead to packing", async () => {
    open({ Preview: () => refusal("print.all_printed", "conflict") });
    expect(await screen.findByText("All of them were printed")).toBeVisible();
    expect(screen.queryByRole("link", { name: "Pack by scan" })).toBeNull();
  });
});

it("scan-back tells missing, double and foreign labels", async () => {
  const line = (scans: number) => ({ id: "d1", name: "JM24X71001", scans });
  const { person } = open({
    ScanBack: (_request: unknown, codes: string[]) =>
      codes.length < 2
        ? { expected: [line(codes.length)], found: codes.length, missing: 1 - codes.length, double: 0, foreign: [], done: codes.length === 1, last: "found" }
        : { expected: [line(2)], found: 1, missing: 0, double: 1, foreign: ["ZZ9999999"], done: false, last: "foreign" },
  }); // prettier-ignore
  await screen.findByRole("img", { name: "Page 1" });
  await person.click(screen.getByRole("button", { name: "Scan back" }));
  await screen.findByText(/1 missing/);
  act(() => scan("JM24X71001"));
  expect(await screen.findByText("Every label was found once.")).toBeVisible();
  act(() => scan("ZZ9999999"));
  expect(await screen.findByText(/1 double/)).toBeVisible();
  expect(screen.getByText("ZZ9999999")).toBeVisible();
});

it("a job that failed says why and is tried again by a person", async () => {
  answers({ Jobs: [{ ...job, state: "failed", reason: { kind: "unavailable", code: "labels.printer_gone", args: { printer: "Zebra" } } }], Retry: job });
  const { person } = show(<JobList />);
  expect(await screen.findByText(/Zebra does not answer/)).toBeVisible();
  await person.click(screen.getByRole("button", { name: "Try again: WO-1-box" }));
  await waitFor(() => expect(called("Retry")).toEqual(["job-1"]));
});

// A dialog of a dozen fields is slow to draw without a browser.
describe("printers", { timeout: 30_000 }, () => {
  it("are set up once", async () => {
    answers({ SavePrinter: { profiles: [profile], papers: [] } });
    const { person } = show(<PrintersCard />);
    await person.click(await screen.findByRole("button", { name: "Set up a printer" }));
    const sheet = within(await screen.findByRole("dialog"));
    fireEvent.change(sheet.getByLabelText(/Name/), { target: { value: "Bench" } });
    fireEvent.change(sheet.getByLabelText(/Address/), { target: { value: "10.0.0.9" } });
    await person.click(sheet.getByRole("button", { name: /Save the printer/ }));
    await waitFor(() => expect(called("SavePrinter")?.[0]).toMatchObject({ name: "Bench", address: "10.0.0.9", language: "zpl", dpi: 203 }));
  });

  it("are calibrated by four numbers", async () => {
    answers({
      Calibration: { stock: "large", want: { x1: 1000, y1: 1000, x2: 8700, y2: 13700 }, now: { off_x: 0, off_y: 0, scale_x: 10000, scale_y: 10000 } },
      Calibrate: {}, TestPage: job,
    }); // prettier-ignore
    const { person } = show(<PrintersCard />);
    await person.click(await screen.findByRole("button", { name: "Calibrate Zebra" }));
    const sheet = within(await screen.findByRole("dialog"));
    await person.click(sheet.getByRole("button", { name: "Print the page to measure" }));
    await waitFor(() => expect(called("TestPage")).toEqual(["profile:z", "large", true]));
    const measured = { "A from the left": "11", "A from the upper": "10,1", "B from the left": "88", "B from the upper": "137" };
    for (const [name, value] of Object.entries(measured)) {
      await person.click(sheet.getByLabelText(new RegExp(name)));
      await person.keyboard(value);
    }
    await person.click(sheet.getByRole("button", { name: /Save the calibration/ }));
    await waitFor(() => expect(called("Calibrate")).toEqual(["profile:z", "large", { x1: 1100, y1: 1010, x2: 8800, y2: 13700 }]));
  });
});
