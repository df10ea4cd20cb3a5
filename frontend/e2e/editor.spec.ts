import { DraftEditor } from "./pages/draft-editor";
import { expect, test } from "./world";

// What the editor promises a person who types: nothing is lost, nothing waits.

interface Draft {
  undo: string;
  typing?: { line: number; column: string; value: string };
}

const lines = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(7, "0")}Q\tX16-Q\tno hash rate\t2026-01-05`).join("\n");

test("what is being typed is there after kill -9, in its cell, to go on with", async ({ practice }) => {
  await practice.goTo("/needs");
  let editor = new DraftEditor(practice.page);
  await editor.begin();
  await expect(editor.cell).toBeFocused();
  await practice.page.evaluate((text) => navigator.clipboard.writeText(text), lines(3, "KILL"));
  await practice.page.keyboard.press("Control+v");
  await expect(editor.devices(3)).toBeVisible();
  const { id } = editor;
  await practice.page.keyboard.press("Control+Home");
  for (const key of ["ArrowDown", "ArrowRight", "ArrowRight"]) await practice.page.keyboard.press(key);
  await editor.cell.pressSequentially("smells burnt", { delay: 45 });
  const kept = async () => (await practice.call<Draft>("Drafts", "Get", id)).typing;
  await expect.poll(kept).toEqual({ line: 2, column: "complaint", value: "smells burnt" });

  await practice.killAndRestart();
  await practice.goTo(`/drafts/${id}`);
  editor = new DraftEditor(practice.page);
  await expect(editor.cell).toHaveAttribute("data-editing", "true");
  await expect(editor.cell).toHaveValue("smells burnt");
  await expect(editor.cell).toBeFocused();
  await editor.type(" again");
  await expect(editor.grid.getByText("smells burnt again")).toBeVisible();
  await expect.poll(kept).toBeFalsy();

  await practice.page.keyboard.press("Control+z"); // the whole edit is one step
  await expect(editor.grid.getByText("no hash rate")).toHaveCount(3);
  await practice.page.keyboard.press("Control+y");
  await expect(editor.grid.getByText("smells burnt again")).toBeVisible();
});

test("what a device needs is seen whole in a small window", async ({ practice }) => {
  await practice.page.setViewportSize({ width: 1280, height: 800 });
  await practice.goTo("/needs");
  const editor = new DraftEditor(practice.page);
  await editor.begin();
  const frame = (await practice.page.locator(".grid-scroll").boundingBox())!;
  const day = (await practice.page.getByRole("columnheader", { name: "Ship date" }).boundingBox())!;
  expect(day.x + day.width).toBeLessThanOrEqual(frame.x + frame.width);
});

test("the bar at the foot covers no row in a small window", async ({ practice }) => {
  const { page } = practice;
  await page.setViewportSize({ width: 1280, height: 800 });
  await practice.goTo("/needs");
  const editor = new DraftEditor(page);
  await editor.begin();
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines(30, "FOOT"));
  await page.keyboard.press("Control+v");
  await expect(editor.devices(30)).toBeVisible();
  await page.keyboard.press("Control+End");
  const overlap = async () => {
    const frame = (await page.locator(".grid-frame").boundingBox())!;
    const bar = (await page.locator(".action-bar").boundingBox())!;
    return Math.max(0, frame.y + frame.height - bar.y);
  };
  expect(await overlap()).toBe(0);
});

test("an edit that was given back leaves nothing behind", async ({ practice }) => {
  await practice.goTo("/needs");
  const editor = new DraftEditor(practice.page);
  await editor.begin();
  await editor.cell.pressSequentially("oops", { delay: 45 });
  const kept = async () => (await practice.call<Draft>("Drafts", "Get", editor.id)).typing?.value;
  await expect.poll(kept).toBe("oops");
  await practice.page.keyboard.press("Escape");
  await expect.poll(kept).toBeUndefined();
});

test("sends and starts the next in one chord, and takes it back from there", async ({ practice }) => {
  const { page } = practice;
  await practice.goTo("/needs");
  const editor = new DraftEditor(page);
  await editor.begin();
  await expect(editor.cell).toBeFocused();
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines(3, "NEXT"));
  await page.keyboard.press("Control+v");
  await expect(editor.devices(3)).toBeVisible();
  const first = editor.id;
  // The value of the row above, as a spreadsheet fills.
  await page.keyboard.press("Control+Home");
  for (const key of ["ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await editor.type("fan 3 stands");
  await expect(editor.grid.getByText("fan 3 stands")).toHaveCount(1);
  await page.keyboard.press("Control+d");
  await expect(editor.grid.getByText("fan 3 stands")).toHaveCount(2);
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Already saved on this computer.")).toBeVisible();

  await page.keyboard.press("Control+Shift+n");
  await expect(page.getByRole("dialog", { name: /^Send 3 devices/ })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => editor.id).not.toBe(first);
  await expect(editor.cell).toBeFocused(); // the address came along
  await expect(page.getByText("3 devices are about to be sent.")).toBeVisible();
  await expect(page.getByText(/\d seconds? to take it back\./)).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => editor.id).toBe(first);
  await expect(page.getByRole("button", { name: "Send order" })).toBeVisible();

  // After a reload the nine seconds still run, in every language.
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("3 devices are about to be sent.")).toBeVisible();
  await page.reload();
  await expect(page.getByText(/[1-8] seconds? to take it back\./)).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("button", { name: "Send order" })).toBeVisible();
});

test("ten thousand rows stay quick to the hand", async ({ practice }) => {
  const { page } = practice;
  await practice.goTo("/needs");
  const editor = new DraftEditor(page);
  await editor.begin();
  await expect(editor.cell).toBeFocused();
  await editor.cell.pressSequentially("FIRSTROW01", { delay: 45 });
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 device", { exact: true })).toBeVisible();
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines(10_000, "TEN"));
  await page.keyboard.press("Control+Home");
  const began = Date.now();
  await page.keyboard.press("Control+v"); // into the cells
  await expect(page.getByText(/^10,?000 devices$/)).toBeVisible({ timeout: 30_000 });
  const pasted = Date.now() - began;

  await page.keyboard.press("Control+End");
  for (let i = 0; i < 20; i++) await page.keyboard.press("PageUp");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => editor.activeLine()).toBeGreaterThan(9_000);
  await page.evaluate(() => {
    const times: number[] = [];
    (window as unknown as { times: number[] }).times = times;
    addEventListener(
      "keydown",
      () => {
        const at = performance.now();
        requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - at)));
      },
      true,
    );
  });
  for (let i = 0; i < 6; i++) {
    await editor.cell.pressSequentially("board 2 is dead", { delay: 45 });
    await page.keyboard.press("Enter");
  }
  await expect(editor.grid.getByText("board 2 is dead")).toHaveCount(6);
  const times = await page.evaluate(() => (window as unknown as { times: number[] }).times.sort((a, b) => a - b));
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)]!);
  console.log(`10,000 rows: pasted in ${pasted} ms; key to paint median ${at(0.5)} ms, p95 ${at(0.95)} ms`);
  expect(at(0.95)).toBeLessThan(100);
});
