import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";

import { ordersOf } from "./pages/orders";
import { decodePages } from "./paper";
import { Scanner } from "./scanner";
import { expect, test } from "./world";

/** A label printer on the network: it keeps what each connection sent. */
class PaperPrinter {
  readonly jobs: Buffer[] = [];

  private constructor(private readonly server: Server) {}

  static async plugIn(): Promise<PaperPrinter> {
    const server = createServer({ allowHalfOpen: false });
    const printer = new PaperPrinter(server);
    server.on("connection", (socket) => {
      const pieces: Buffer[] = [];
      socket.on("data", (piece) => pieces.push(piece));
      socket.on("end", () => printer.jobs.push(Buffer.concat(pieces)));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return printer;
  }

  get address(): string {
    const at = this.server.address();
    if (at === null || typeof at === "string") throw new Error("the printer is not on a port");
    return `127.0.0.1:${at.port}`;
  }

  unplug(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()));
  }
}

test("labels go to a printer on the network as they were shown, and every one that was stuck on is scanned back", async ({
  practice,
}, info) => {
  const { page } = practice;
  const printer = await PaperPrinter.plugIn();
  const order = (await ordersOf(practice, "return_confirmed")).at(-1)!;
  try {
    await test.step("the printer is set up once", async () => {
      await practice.goTo("/printers");
      await page.getByRole("button", { name: "Set up a printer" }).click();
      const sheet = page.getByRole("dialog");
      await sheet.getByLabel("Name").fill("Bench");
      await sheet.getByLabel("Address").fill(printer.address);
      await sheet.getByRole("button", { name: "Save the printer" }).click();
      await expect(page.getByRole("list", { name: "Label printers" })).toContainText("Bench");
      await page.screenshot({ path: info.outputPath("printers.png") });
    });

    await test.step("two boxes are packed", async () => {
      await practice.goTo(`/orders/${order.id}/pack`);
      await page.getByRole("button", { name: "Open another box" }).click();
      await page.getByRole("button", { name: /^Put the .* in here$/ }).click();
      await expect(page.getByText("0 left")).toBeVisible();
    });

    await test.step("the printer gets what the print head view shows", async () => {
      await practice.goTo(`/orders/${order.id}/labels?document=device`);
      await page.getByText("Print head", { exact: true }).click();
      await expect(page.getByRole("list", { name: "Dots of the print head" })).toBeVisible();
      await page.screenshot({ path: info.outputPath("labels.png") });
      await page.getByRole("button", { name: /^Print/ }).click();
      await expect(page.getByText("Given to Bench.")).toBeVisible();
      await expect.poll(() => printer.jobs.length).toBe(1);
      const zpl = printer.jobs[0]!.toString("latin1");
      expect(zpl.match(/\^XA/g)).toHaveLength(order.devices);
      expect(zpl).toContain("^PW480^LL320");
      await practice.goTo("/printers");
      await expect(page.getByRole("row", { name: /-device/ }).first()).toContainText("Sent");
    });

    await test.step("a second time needs a reason", async () => {
      await practice.goTo(`/orders/${order.id}/labels?document=device`);
      await page.getByRole("button", { name: /^Print/ }).click();
      const sheet = page.getByRole("dialog");
      await sheet.getByLabel("The label was damaged").check();
      await page.screenshot({ path: info.outputPath("again.png") });
      await sheet.getByRole("button", { name: "Print again" }).click();
      await expect.poll(() => printer.jobs.length).toBe(2);
    });

    await test.step("a printer that is gone keeps the job", async () => {
      await printer.unplug();
      await practice.goTo(`/orders/${order.id}/labels?document=box`);
      await page.getByRole("button", { name: /^Print/ }).click();
      await practice.goTo("/printers");
      const row = page.getByRole("row", { name: /-box/ }).first();
      await expect(row).toContainText("Failed");
      await expect(row).toContainText("Bench does not answer");
      await page.screenshot({ path: info.outputPath("jobs.png") });
    });

    await test.step("labels are scanned back: missing, foreign, double", async () => {
      const preview = await practice.call<{ pdf_url: string }>("Labels", "Preview", {
        order: order.id, document: "device", boxes: [], devices: [], start: 1, stock: "", copies: 1, language: "en", fresh: false, why: "",
      }); // prettier-ignore
      const pdf = info.outputPath("labels.pdf");
      await writeFile(pdf, await (await page.request.get(new URL(preview.pdf_url, page.url()).href)).body());
      const codes = await decodePages(pdf, info.outputPath("labels"));
      const scanner = await Scanner.of(page);
      await practice.goTo(`/orders/${order.id}/labels?document=device`);
      await page.getByRole("button", { name: "Scan back" }).click();
      await expect(page.getByText(`${order.devices} missing`)).toBeVisible();
      await scanner.scanUntil(codes[0]!, () => expect(page.getByText(`1 found, ${order.devices - 1} missing`)).toBeVisible({ timeout: 1_500 }));
      await scanner.scanUntil("SF1320000000053", () => expect(page.getByText("Not one of these labels:")).toBeVisible({ timeout: 1_500 }));
      await page.screenshot({ path: info.outputPath("scan-back.png") });
      await page.getByRole("button", { name: "Begin again" }).click();
      for (const [i, code] of codes.entries()) {
        await scanner.scanUntil(code, () =>
          expect(page.getByText(i + 1 < codes.length ? `${i + 1} found` : "Every label was found once.").first()).toBeVisible({ timeout: 1_500 }),
        );
      }
    });
  } finally {
    // Other tests of this practice centre pack the same work order.
    const { boxes } = await practice.call<{ boxes: { seq: number }[] }>("Packing", "Get", order.id);
    for (const { seq } of boxes.toReversed()) await practice.call("Packing", "RemoveBox", order.id, seq);
    await printer.unplug().catch(() => undefined);
  }
});
