import type { Page } from "@playwright/test";

import { openFirst, ordersOf } from "./pages/orders";
import { DraftEditor } from "./pages/draft-editor";
import { PackingBench } from "./pages/packing-bench";
import { expect, test } from "./world";

// The rules of the guide that only a screen can keep. The rule index names these
// titles; most are shown on the practice centre, which has a case of everything.

const address = {
  "Company or farm": "North Ridge",
  "Contact person": "Ana Silva",
  Phone: "+86 138 0013 8000",
  "Street, building": "1 Mill Lane",
  City: "Xi'an",
  "Province or state": "Shaanxi",
  Postcode: "710075",
};

/** Puts one device into the open draft. */
async function writeDevice(editor: DraftEditor, serial: string): Promise<void> {
  await editor.cell.focus();
  for (const value of [serial, "X16-Q", "no hashrate", "2026-10-01"]) {
    await editor.cell.pressSequentially(value, { delay: 45 });
    await editor.page.keyboard.press("Tab");
  }
}

/** The rule marks that stand on the screen. */
const rule = (page: Page, id: string) => page.locator(".tag", { hasText: new RegExp(`^${id}$`) }).first();

test("R01 the first step is to request a diagnosis, and it can be drafted offline", async ({ world }) => {
  const { centre, url } = await world.centre();
  const line = await world.line(url);
  const farm = await world.desk("farm");
  await farm.join(line.address, await centre.invite("customer", "Ana", "North Ridge"), "Farm");
  await line.cut();
  const editor = new DraftEditor(farm.page);
  await editor.begin();
  await editor.fill(address, "China");
  await writeDevice(editor, "JM16Q2500017");
  await expect(editor.preflight.getByText("1 device can be sent")).toBeVisible();
  const draft = editor.id;
  await farm.page.keyboard.press("Control+Enter");
  const sheet = farm.page.getByRole("dialog");
  await expect(sheet).toContainText("The centre first looks at the fault from afar");
  await farm.page.keyboard.press("Escape");
  await farm.killAndRestart();
  await farm.goTo(`/drafts/${draft}`);
  const again = new DraftEditor(farm.page);
  await expect(again.preflight.getByText("1 device can be sent")).toBeVisible();
  await expect(farm.page.getByText("1 Mill Lane, Xi'an, Shaanxi")).toBeVisible();
});

test("R49 offline a draft is written, checked, printed as a draft and queued", async ({ world }) => {
  const { centre, url } = await world.centre();
  const line = await world.line(url);
  const farm = await world.desk("farm");
  await farm.join(line.address, await centre.invite("customer", "Ana", "North Ridge"), "Farm");
  await line.cut();
  const editor = new DraftEditor(farm.page);
  await editor.begin();
  await writeDevice(editor, "JM16Q2500017");
  await expect(editor.preflight.getByRole("button", { name: "Go to the field" }).first()).toBeVisible();
  await editor.fill(address, "China");
  await expect(editor.preflight.getByText("1 device can be sent")).toBeVisible();
  const draft = editor.id;
  await farm.page.getByRole("link", { name: "Labels and packing papers" }).click();
  await expect(farm.page.getByText("These pages say DRAFT")).toBeVisible();
  await expect(farm.page.getByRole("img", { name: "Page 1" })).toBeVisible();
  await expect(farm.page.locator("main")).not.toContainText("label.draft");
  await farm.goTo(`/drafts/${draft}`);
  await expect(editor.grid).toBeVisible();
  await farm.page.keyboard.press("Control+Enter");
  await expect(farm.page.getByRole("dialog")).toBeVisible();
  await farm.page.keyboard.press("Control+Enter");
  await expect(farm.page.getByText("Waiting until the centre confirms.")).toBeVisible();
  await farm.goTo("/deadlines");
  await expect(farm.page.getByRole("heading", { name: "No deadlines" })).toBeVisible();
  await farm.goTo("/sync");
  const row = farm.page.getByRole("row", { name: /^Work order North Ridge/ });
  await expect(row).toContainText("Waiting");
  await line.mend();
  await farm.settle();
  await expect(farm.page.getByRole("heading", { name: "Nothing is waiting" })).toBeVisible();
  expect(await ordersOf(farm, "submitted")).toHaveLength(1);
});

test("R03 labels stay drafts until the return is confirmed", async ({ practice }) => {
  const { page } = practice;
  const early = await openFirst(practice, "submitted", "/labels");
  await expect(page.getByText("These pages say DRAFT")).toBeVisible();
  await expect(rule(page, "R03")).toBeVisible();
  await practice.goTo(`/orders/${early.id}/pack`);
  await expect(page.getByRole("heading", { name: "Not to be packed yet" })).toBeVisible();
  await practice.goTo(`/orders/${early.id}`);
  await expect(page.getByText(early.number).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Pack by scan" })).toHaveCount(0);

  await practice.playAs("Office");
  await practice.goTo(`/bench/diagnose/${early.id}`);
  await page.getByRole("button", { name: "Give the diagnosis" }).click();
  await practice.settle();
  await practice.playAs("Farm");
  await practice.settle();
  await practice.goTo(`/orders/${early.id}/pack`);
  await page.getByRole("button", { name: "Open another box" }).click();
  await page.getByRole("button", { name: /^Put the .* in here$/ }).click();
  await practice.goTo(`/orders/${early.id}/labels?document=device`);
  await expect(page.getByRole("img", { name: "Page 1" })).toBeVisible();
  await expect(page.getByText("These pages say DRAFT")).toHaveCount(0);
});

test("R07 packing guidance is shown and the checklist is acknowledged before dispatch", async ({ practice }) => {
  const { page } = practice;
  const order = (await ordersOf(practice, "return_confirmed")).at(-1)!;
  await practice.goTo(`/orders/${order.id}/pack`);
  const packing = new PackingBench(page);
  const guidance = page.locator("section", { has: page.getByRole("heading", { name: "Pack it so that it survives" }) });
  await expect(guidance.getByRole("checkbox")).toHaveCount(15);
  await page.getByRole("button", { name: "Open another box" }).click();
  await page.getByRole("button", { name: /^Put the .* in here$/ }).click();
  await packing.enterWaybill(1, "SF Express", "SF1320000000053");
  const file = page.getByRole("button", { name: "File boxes and waybills" });
  await expect(page.getByRole("button", { name: /^Put the .* in here$/ })).toHaveCount(0);
  await expect(file).toBeDisabled();
  await expect(rule(page, "R07")).toBeVisible();
  await packing.tickAll();
  await expect(file).toBeEnabled();
});

test("R21 the service record shows the status and when it was last synchronised", async ({ practice }) => {
  const { page } = practice;
  const order = await openFirst(practice, "repairing");
  const record = page.locator("section", { has: page.getByRole("heading", { name: /^Service record/ }) });
  await expect(record).toContainText("The centre last answered");
  await expect(record.locator("time").first()).toHaveAttribute("datetime", /^\d{4}-/);
  await expect(page.locator("h1")).toHaveText(order.number);
  await expect(page.getByText("In repair", { exact: true }).first()).toBeVisible();
});

test("R28 a quote is shown in its work order with a way to ask the centre", async ({ practice }) => {
  const { page } = practice;
  const order = await openFirst(practice, "awaiting_decision", "/quote");
  const quotes = page.locator("[data-quote]");
  await expect(quotes).toHaveCount(order.devices);
  for (const quote of await quotes.all()) await expect(quote.locator(".quote-price")).toContainText(/\d+\.\d\d/);
  await page.getByRole("link", { name: "Contact the office" }).first().click();
  await page.getByRole("textbox", { name: "Message" }).fill("Why is board 2 so dear?");
  await page.getByRole("button", { name: "Send message" }).click();
  await practice.settle();
  await expect(page.locator(".thread")).toContainText("Why is board 2 so dear?");
});

test("R32 a normal quote has no decline button", async ({ practice }) => {
  const { page } = practice;
  await openFirst(practice, "awaiting_decision", "/quote");
  const normal = page.locator("[data-quote]", { hasText: "A normal quote cannot be declined." }).first();
  await expect(normal.getByText("Accept", { exact: true })).toBeVisible();
  await expect(normal.getByText("Decline", { exact: true })).toHaveCount(0);
  const scrap = page.locator("[data-quote]", { hasText: "Scrap" }).first();
  await expect(scrap.getByText("Decline", { exact: true })).toBeVisible();
});

test("R44 what must be paid is shown on top", async ({ practice }) => {
  const { page } = practice;
  const order = (await ordersOf(practice, "awaiting_payment")).find((row) => row.due.length > 0 && row.devices > 1)!;
  await practice.goTo(`/orders/${order.id}`);
  const amount = (order.due[0]!.amount / 100).toFixed(2);
  await expect(page.getByRole("link", { name: new RegExp(`^Pay .*${amount.replace(".", "\\.")}`) })).toBeInViewport();
  await practice.goTo(`/pay/${order.id}`);
  await expect(page.getByRole("heading", { name: new RegExp(`To pay.*${amount.replace(".", "\\.")}`) })).toBeInViewport();
});

test("R46 doubts about the carrier can be raised before the return", async ({ practice }) => {
  const { page } = practice;
  const ask = page.getByText("Ask about the return carrier", { exact: true });
  await openFirst(practice, "repairing", "/messages");
  await ask.first().click();
  await page.getByRole("textbox", { name: "Ask about the return carrier" }).fill("Please not by air.");
  await page.getByRole("button", { name: "Send message" }).click();
  await practice.settle();
  await expect(page.locator(".thread")).toContainText("Please not by air.");
  await openFirst(practice, "shipped", "/messages");
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
  await expect(ask).toHaveCount(0);
});

test("R50 every derived date shows its rule, its inputs and its calendar", async ({ practice }) => {
  const { page } = practice;
  await practice.goTo("/deadlines");
  const lines = page.locator("ul.lines > li");
  await expect(lines.first()).toBeVisible();
  for (const line of await lines.all()) await expect(line.getByRole("button", { name: /^Why\? Rule R\d\d$/ })).toBeVisible();
  const dispatch = lines.filter({ has: page.getByRole("button", { name: "Why? Rule R38" }) }).first();
  await dispatch.getByRole("button", { name: "Why? Rule R38" }).click();
  const why = page.getByRole("dialog", { name: "Why? Rule R38" });
  await expect(why).toContainText("R38");
  await expect(why.locator("dt")).not.toHaveCount(0);
  await expect(why).toContainText("Calendar");
});
