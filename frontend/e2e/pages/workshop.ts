import { expect, type Locator, type Page } from "@playwright/test";

import type { Scanner } from "../scanner";
import { choose } from "./draft-editor";

/** The bench of the centre: one stage at a time, one work order at a time. */
export class Workshop {
  constructor(
    readonly page: Page,
    private readonly scanner: Scanner,
  ) {}

  async at(stage: string, order = ""): Promise<void> {
    await this.page.evaluate((hash) => (location.hash = hash), `/bench/${stage}${order && `/${order}`}`);
    const stages = this.page.getByRole("navigation", { name: "Stages of the workshop" });
    await expect(stages.locator("[aria-current=page]")).toHaveText(new RegExp(stage, "i"));
    // A scan belongs to the panel once it is there.
    if (order !== "") await expect(this.page.locator(`.bench-panel a[href$="/orders/${order}"]`).first()).toBeVisible();
  }

  get devices(): Locator {
    return this.page.getByRole("list", { name: "Devices" });
  }

  async confirmReturn(order: string): Promise<void> {
    await this.at("diagnose", order);
    await this.page.getByRole("button", { name: "Give the diagnosis" }).click();
  }

  /** Opens the box of a waybill at the door. */
  async openParcel(waybill: string): Promise<void> {
    await this.at("receive");
    await expect(this.page.getByLabel("Waybill number")).toBeVisible();
    const expected = this.page.getByRole("list", { name: "Expected devices" });
    await this.scanner.scanUntil(waybill, () => expect(expected).toBeVisible({ timeout: 3_000 }));
  }

  counted(found: number, of: number): Locator {
    return this.page.getByText(`${found} of ${of} found`);
  }

  /** Every device of the box is there: the receipt is recorded. */
  async receive(of: number): Promise<void> {
    await expect(this.counted(of, of)).toBeVisible();
    await this.page.keyboard.press("Control+Enter");
  }

  async refuse(reason: string | RegExp, note: string): Promise<void> {
    await this.page.getByRole("button", { name: "Refuse the parcel" }).click();
    const dialog = this.page.getByRole("dialog");
    await choose(dialog, "Reason", reason);
    await dialog.getByLabel("What is wrong").fill(note);
    await dialog.getByRole("button", { name: "Refuse the parcel" }).click();
    await expect(dialog).toBeHidden();
  }

  /** Picks everything in the list, as its box "All N" does. */
  /** Picks every device once the list holds as many as it should: a deed just done leaves it by and by. */
  async pickAll(count: number): Promise<void> {
    await this.page.getByRole("checkbox", { name: `All ${count}`, exact: true }).check();
  }

  async pick(serial: string): Promise<void> {
    await this.page.getByRole("checkbox", { name: new RegExp(serial) }).check();
  }

  async quote(text: string, amount: string): Promise<void> {
    await this.page.getByLabel("Work or part").fill(text);
    await this.page.getByLabel(/^Amount/).fill(amount);
    await this.page.getByRole("button", { name: "Send the quotes" }).click();
    await expect(this.page.getByLabel("Work or part")).toHaveValue("");
  }

  /** Scans a device and records what was found; nothing given is an ordinary repair. */
  async inspect(serial: string, { scrap }: { scrap?: RegExp }): Promise<void> {
    const record = this.page.getByRole("button", { name: "Record the inspection" });
    await expect(record).toBeHidden();
    await this.scanner.scanUntil(serial, () => expect(record).toBeVisible({ timeout: 3_000 }));
    if (scrap) {
      await this.page.getByRole("radiogroup", { name: "Class" }).getByText("Scrap", { exact: true }).click();
      await choose(this.page, "Why it is scrap (R30)", scrap);
      await this.page.keyboard.press("Escape");
    }
    await this.page.keyboard.press("Control+Enter");
    await expect(record).toBeHidden();
  }

  async ship(carrier: string, waybill: string, count: number): Promise<void> {
    await choose(this.page, "Carrier (R45)", carrier);
    await this.page.getByLabel("Waybill number").fill(waybill);
    const send = this.page.getByRole("button", { name: `Send ${count} devices home` });
    await send.click();
    await expect(send).toBeHidden(); // with the last device the whole form goes
  }

  /** Enters what the carrier says of a shipment. */
  async track(seq: number, status: string, place: string): Promise<void> {
    await choose(this.page, "Shipment", new RegExp(`^${seq} · `));
    await choose(this.page, "What happened", status);
    await this.page.getByLabel("Place").fill(place);
    await this.page.getByRole("button", { name: "Record it" }).click();
    await expect(this.page.getByLabel("Place")).toHaveValue("");
  }
}
