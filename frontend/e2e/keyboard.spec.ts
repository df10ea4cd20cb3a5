import type { Desk } from "./desk";
import { farmDevices } from "./farm";
import { DraftEditor } from "./pages/draft-editor";
import { expect, test } from "./world";

// What a person does without a mouse, counted: one chord, one paste or one
// filled field is one interaction.

/** A chord on the keyboard layout of a Russian PC: the key's letter is Cyrillic, its place is not. */
async function russian(desk: Desk, code: string, letter: string): Promise<void> {
  await desk.page.evaluate(
    ([place, key]) => {
      const event = new KeyboardEvent("keydown", { key, code: place, ctrlKey: true, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(event);
    },
    [code, letter] as const,
  );
}

test("Ctrl+K opens the palette on a Russian layout, and Enter goes there", async ({ practice }) => {
  const { page } = practice;
  await practice.goTo("/needs");
  await russian(practice, "KeyK", "л");
  const palette = page.getByRole("dialog").getByPlaceholder("Order, serial, waybill, or a command");
  await expect(palette).toBeVisible();
  await palette.fill("WO-2026-000010");
  const hit = page.getByRole("dialog").getByRole("button", { name: /WO-2026-000010/ });
  await expect(hit).toHaveCount(1); // the search has settled on one answer
  await palette.press("Enter");
  await expect(page.locator("h1")).toHaveText("WO-2026-000010");
});

test("twelve devices from Excel are sent in at most twelve interactions", async ({ practice }) => {
  const { page } = practice;
  let interactions = 0;
  const press = async (keys: string) => {
    interactions++;
    await page.keyboard.press(keys);
  };
  const rows = farmDevices(new Date().toISOString().slice(0, 10))
    .slice(0, 12)
    .map((device, i) => [`KB${device.serial.slice(2)}`, i === 5 ? "" : device.model, device.complaint, device.shipped]);
  rows[8]![0] = "#N/A";
  const copied = [["SN", "Model", "Fault", "Ship date"], ...rows].map((row) => row.join("\t")).join("\n");

  await practice.goTo("/needs");
  await press("Control+n");
  const editor = new DraftEditor(page);
  await expect(editor.cell).toBeFocused(); // the profile's address is in place
  await page.evaluate((text) => navigator.clipboard.writeText(text), copied);
  await press("Control+v");
  await expect(editor.devices(12)).toBeVisible();
  await press("F8");
  await expect.poll(() => editor.activeLine()).toBe(6);
  interactions++; // F8 leads to the very cell
  await editor.type("X16-Q");
  await press("F8");
  await expect.poll(() => editor.activeLine()).toBe(9);
  interactions++;
  await editor.type("KB4Q250170059X");
  await expect(editor.preflight.getByText("12 devices can be sent")).toBeVisible();
  await press("Control+Enter");
  await expect(page.getByRole("dialog", { name: /^Send 12 devices/ })).toBeVisible();
  await press("Control+Enter");
  await expect(page.getByText("12 devices are about to be sent.")).toBeVisible();
  console.log(`keyboard: 12 devices in ${interactions} interactions`);
  expect(interactions).toBeLessThanOrEqual(12);

  await page.keyboard.press("Control+z"); // within nine seconds it is taken back
  await expect(page.getByRole("button", { name: "Send order" })).toBeVisible();
});

test("the shortcut sheet lists the keys of the screen, and Escape closes it", async ({ practice }) => {
  const { page } = practice;
  await practice.goTo("/orders");
  await page.keyboard.press("Control+/");
  const sheet = page.getByRole("dialog");
  await expect(sheet).toContainText("Filter this list");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});
