import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { ordersOf } from "./pages/orders";
import { settled } from "./screen-check";
import { expect, test } from "./world";

// Pictures of the main screens for people to look at: e2e/report/shots. What
// they can fail on is a screen that is wider than its window.

const shots = join(import.meta.dirname, "report", "shots");
const windows = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

test.setTimeout(300_000);

test("the main screens fit their window, in both languages and looks", async ({ practice }) => {
  await mkdir(shots, { recursive: true });
  const { page } = practice;
  const orders = await ordersOf(practice);
  // A stage that only another customer's order is in has no page here.
  const at = (stage: string) => orders.find((row) => row.stage === stage)?.id ?? orders[0]!.id;
  const farm = {
    needs: "/needs",
    orders: "/orders",
    "new-draft": "/drafts/new",
    order: `/orders/${at("repairing")}`,
    devices: `/orders/${at("repairing")}/devices`,
    messages: `/orders/${at("need_info")}/messages`,
    rejected: `/orders/${at("parcel_rejected")}`,
    packing: `/orders/${at("return_confirmed")}/pack`,
    labels: `/orders/${at("awaiting_parcel")}/labels`,
    quote: `/orders/${at("awaiting_decision")}/quote`,
    pay: `/pay/${at("awaiting_payment")}`,
    tracking: `/track/${at("partially_shipped")}`,
    deadlines: "/deadlines",
    printers: "/printers",
    sync: "/sync",
    settings: "/settings",
  };
  const shop = {
    "bench-diagnose": `/bench/diagnose/${at("submitted")}`,
    "bench-receive": "/bench/receive",
    "bench-inspect": `/bench/inspect/${at("received")}`,
    "bench-quote": `/bench/quote/${at("inspecting")}`,
    "bench-repair": `/bench/repair/${at("repairing")}`,
    "bench-ship": `/bench/ship/${at("ready_to_ship")}`,
    "bench-unclaimed": "/bench/unclaimed",
  };
  const before = await practice.call<object>("Settings", "Get");
  const wide: string[] = [];
  for (const [side, screens] of [
    ["customer", farm],
    ["office", shop],
  ] as const) {
    await practice.call("Start", "SwitchRole", side);
    await practice.settle();
    for (const language of ["en", "zh-CN"]) {
      for (const theme of ["light", "dark"]) {
        await practice.call("Settings", "Set", { ...before, language, theme });
        await page.reload();
        for (const [name, path] of Object.entries(screens)) {
          await practice.goTo(path);
          for (const size of windows) {
            await page.setViewportSize(size);
            await settled(page);
            const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            const shot = `${name}-${language}-${theme}-${size.width}`;
            if (over > 0) wide.push(`${shot}: ${over} px`);
            await page.screenshot({ path: join(shots, `${shot}.png`) });
          }
        }
      }
    }
  }
  await practice.call("Start", "SwitchRole", "customer");
  await practice.call("Settings", "Set", before);
  await page.setViewportSize(windows[0]!);
  await page.reload();
  expect(wide).toEqual([]);
});
