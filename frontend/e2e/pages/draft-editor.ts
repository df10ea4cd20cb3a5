import { expect, type Locator, type Page } from "@playwright/test";

/** The editor of a draft. */
export class DraftEditor {
  readonly grid: Locator;
  readonly preflight: Locator;
  readonly cell: Locator;

  constructor(readonly page: Page) {
    this.grid = page.getByRole("grid", { name: "Devices" });
    this.preflight = page.locator("section", { has: page.getByRole("heading", { name: "Before you send" }) });
    this.cell = page.locator("textarea.grid-sink");
  }

  async begin(): Promise<void> {
    await this.page.keyboard.press("Control+n");
    await expect(this.grid).toBeVisible();
  }

  get id(): string {
    return /drafts\/([0-9a-f-]{36})/.exec(this.page.url())?.[1] ?? "";
  }

  async fill(fields: Record<string, string>, country: string): Promise<void> {
    for (const [label, value] of Object.entries(fields)) {
      await this.page.getByRole("textbox", { name: label, exact: true }).fill(value);
    }
    await choose(this.page, "Country", country);
  }

  async chooseFile(name: string, bytes: Buffer, type: string): Promise<void> {
    await this.page.getByLabel("Choose a file").setInputFiles({ name, mimeType: type, buffer: bytes });
  }

  devices(count: number): Locator {
    return this.page.getByText(`${count} devices`, { exact: true });
  }

  /** Types into the active cell at a person's pace: faster would be a scanner. */
  async type(text: string): Promise<void> {
    await this.cell.pressSequentially(text, { delay: 45 });
    await this.page.keyboard.press("Enter");
  }

  /** The line of the grid that has the keyboard, from 1. */
  async activeLine(): Promise<number> {
    const label = (await this.cell.getAttribute("aria-label")) ?? "";
    return Number(/row (\d+)/.exec(label)?.[1] ?? 0);
  }
}

/** Picks an option of a searchable or plain select. */
export async function choose(scope: Page | Locator, label: string, option: string | RegExp): Promise<void> {
  const box = scope.getByRole("combobox", { name: label, exact: true }).or(scope.getByRole("textbox", { name: label, exact: true }));
  await box.first().click();
  const page = "page" in scope ? scope.page() : scope;
  await page.getByRole("option", { name: option, exact: typeof option === "string" }).first().click();
}
