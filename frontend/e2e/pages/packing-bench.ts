import { expect, type Locator, type Page } from "@playwright/test";

import { choose } from "./draft-editor";

/** Packing by scan, waybills and the checklist. */
export class PackingBench {
  constructor(readonly page: Page) {}

  box(seq: number): Locator {
    return this.page.locator(`#box-${seq}`).last();
  }

  /** The words and serial of the last scan. */
  get said(): Locator {
    return this.page.locator(".pack-scan");
  }

  async openAnotherBox(): Promise<void> {
    const boxes = this.page.locator("section.box");
    const before = await boxes.count();
    await this.page.getByRole("button", { name: "Open another box" }).click();
    await expect(boxes).toHaveCount(before + 1);
  }

  async enterWaybill(seq: number, carrier: string, number: string): Promise<void> {
    const box = this.box(seq);
    await choose(box, "Carrier", carrier);
    await box.getByLabel("Waybill number", { exact: true }).fill(number);
    await box.getByLabel("Waybill number again").fill(number);
    await box.getByLabel("Weight, kg").fill("180");
    await box.getByLabel("Weight, kg").blur();
  }

  async tickAll(): Promise<void> {
    await this.page.getByRole("button", { name: "I have read and done all of it" }).click();
    await expect(this.page.getByRole("checkbox", { checked: false, disabled: false }).and(this.page.locator(".checklist *"))).toHaveCount(0);
  }

  async file(): Promise<void> {
    // A finding that goes away moves the page under the pointer: press again when it was missed.
    await expect(async () => {
      await this.page.getByRole("button", { name: "File boxes and waybills" }).click({ timeout: 3_000 });
      await expect(this.page.getByText("Boxes and waybills are on their way to the centre.").last()).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 20_000 });
  }

  async handOver(): Promise<void> {
    await this.page.getByRole("button", { name: /^The carrier has the/ }).click();
  }
}
