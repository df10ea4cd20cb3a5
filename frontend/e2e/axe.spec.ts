import { readFile } from "node:fs/promises";

import type { Desk } from "./desk";
import { ordersOf } from "./pages/orders";
import type { NetworkLine } from "./line";
import { faultsOf, settled } from "./screen-check";
import { expect, test as base, World } from "./world";

// Every address of the window, in every state it can be in, in both languages
// and both looks. No rule of axe is turned off.

interface Houses {
  /** A farm and a shop with a case of everything, and one of each with nothing. */
  farm: Desk;
  shop: Desk;
  emptyFarm: Desk;
  emptyShop: Desk;
  fresh: Desk;
  lines: NetworkLine[];
}

const test = base.extend<object, { houses: Houses }>({
  houses: [
    async ({ browser }, use) => {
      const world = await World.make(browser);
      try {
        const full = await world.centre({ seeded: true });
        const bare = await world.centre();
        const lines = [await world.line(full.url), await world.line(full.url)];
        const join = async (name: string, address: string, invite: string) => {
          const desk = await world.desk(name);
          await desk.join(address, invite, name);
          await desk.settle();
          return desk;
        };
        await use({
          farm: await join("farm", lines[0]!.address, await full.centre.invite("customer", "Ana", "North Ridge Mining")),
          shop: await join("shop", lines[1]!.address, await full.centre.invite("office", "Lin")),
          emptyFarm: await join("empty-farm", bare.url.origin, await bare.centre.invite("customer", "Bo", "New farm")),
          emptyShop: await join("empty-shop", bare.url.origin, await bare.centre.invite("office", "Mei")),
          fresh: await world.desk("fresh"),
          lines,
        });
      } finally {
        await world.end();
      }
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const nobody = "01890000-0000-7000-8000-000000000000";
const benchStages = ["diagnose", "corrections", "receive", "inspect", "quote", "payments", "repair", "ship", "unclaimed"];

/** Where each address of routes.ts leads to on a desk that has a case of everything. */
async function addresses(desk: Desk): Promise<Record<string, string[]>> {
  const orders = (await ordersOf(desk)).filter((row) => !row.draft);
  const at = (stage: string) => orders.find((row) => row.stage === stage)?.id ?? nobody;
  const each = (screen: string) => orders.map(({ id }) => `/orders/${id}${screen}`);
  return {
    "/needs": ["/needs"],
    "/orders": ["/orders", "/orders?show=drafts", "/orders?q=nothing-like-it"],
    "/drafts/new": [],
    "/drafts/:id": [],
    "/orders/:id/pack": ["return_confirmed", "submitted", "awaiting_parcel", "parcel_rejected"].map((s) => `/orders/${at(s)}/pack`),
    "/orders/:id/labels": [`/orders/${at("submitted")}/labels`, `/orders/${at("awaiting_parcel")}/labels?document=sheet`],
    "/orders/:id/quote": [`/orders/${at("awaiting_decision")}/quote`, `/orders/${at("submitted")}/quote`],
    "/orders/:id/:tab?": [
      ...each(""),
      `/orders/${at("repairing")}/devices`,
      `/orders/${at("need_info")}/messages`,
      `/orders/${at("awaiting_parcel")}/corrections`,
    ],
    "/quotes": ["/quotes"],
    "/payments": ["/payments"],
    "/pay/:id": orders.filter((row) => row.stage === "awaiting_payment").map(({ id }) => `/pay/${id}`),
    "/track": ["/track"],
    "/track/:id": [`/track/${at("partially_shipped")}`],
    "/deadlines": ["/deadlines"],
    "/devices/:sn?": ["/devices", "/devices/X4Q", "/devices/nothing-like-it"],
    "/bench/:stage?/:order?": [],
    "/printers": ["/printers"],
    "/templates/:id?": ["/templates", "/templates/bench-100x150", "/templates/nothing-like-it"],
    "/sync": ["/sync"],
    "/settings/:tab?": ["/settings"],
    "/settings/data": ["/settings/data"],
  };
}

/** The same for whoever works at the bench. */
async function benchAddresses(desk: Desk): Promise<string[]> {
  const out: string[] = [];
  for (const stage of benchStages) {
    out.push(`/bench/${stage}`);
    if (stage === "receive" || stage === "unclaimed") continue;
    const page = await desk.call<{ rows: { id: string }[] }>("Bench", "Stage", stage, "");
    out.push(...page.rows.slice(0, 2).map(({ id }) => `/bench/${stage}/${id}`));
  }
  return out;
}

/** Walks the addresses of one desk and notes what is wrong at each. */
class Walk {
  visits = 0;
  readonly faults: string[] = [];

  async see(desk: Desk, state: string, path: string): Promise<void> {
    await desk.goTo(path);
    await this.look(desk, `${state} ${path}`);
  }

  async look(desk: Desk, place: string): Promise<void> {
    await settled(desk.page);
    this.visits++;
    for (const fault of await faultsOf(desk.page)) this.faults.push(`${place}: ${fault}`);
    for (const fault of desk.watch.faults.splice(0)) this.faults.push(`${place}: ${fault}`);
  }
}

const looks = [
  { language: "en", theme: "light" },
  { language: "en", theme: "dark" },
  { language: "zh-CN", theme: "light" },
  { language: "zh-CN", theme: "dark" },
];

async function dress(desk: Desk, look: { language: string; theme: string }): Promise<void> {
  const now = await desk.call<object>("Settings", "Get");
  await desk.call("Settings", "Set", { ...now, ...look });
  await desk.page.reload();
  await settled(desk.page);
  await expect(desk.page.locator("html")).toHaveAttribute("lang", look.language);
  await expect(desk.page.locator("html")).toHaveAttribute("data-mantine-color-scheme", look.theme);
}

test.setTimeout(900_000);

for (const look of looks) {
  test(`every screen is free of faults in ${look.language}, ${look.theme}`, async ({ houses }) => {
    const { farm, shop, emptyFarm, emptyShop, fresh } = houses;
    const walk = new Walk();
    for (const desk of [farm, shop, emptyFarm, emptyShop, fresh]) await dress(desk, look);
    const paths = await addresses(farm);
    const table = await readFile(new URL("../src/app/routes.ts", import.meta.url), "utf8");
    expect(Object.keys(paths).sort()).toEqual([...table.matchAll(/route\("([^"]+)"/g)].map((hit) => hit[1]!).sort());
    const farmPaths = Object.values(paths).flat();
    const benchPaths = await benchAddresses(shop);

    await test.step("before a centre is joined", async () => {
      await walk.look(fresh, "start");
      await fresh.page.locator("main .card").last().getByRole("button").click();
      await walk.look(fresh, "connecting");
      await fresh.page.getByRole("textbox").first().fill("http://127.0.0.1:9");
      await fresh.page.locator("button[type=submit]").click();
      await fresh.page.getByRole("alert").waitFor();
      await walk.look(fresh, "connecting in vain");
    });

    await test.step("full", async () => {
      for (const path of farmPaths) await walk.see(farm, "full", path);
      for (const path of ["/needs", "/orders", "/devices", "/sync", "/settings", ...benchPaths]) await walk.see(shop, "full", path);
      await walk.see(farm, "full", "/drafts/new");
      await farm.page.waitForURL(/drafts\/[0-9a-f-]{36}/);
      await walk.look(farm, "full draft");
      await farm.page.keyboard.press("Control+Enter");
      await farm.page.getByRole("dialog").waitFor();
      await walk.look(farm, "full draft, sending");
      await farm.page.keyboard.press("Escape");
      await farm.page.keyboard.press("Control+k");
      await farm.page.getByRole("dialog").waitFor();
      await walk.look(farm, "palette");
      await farm.page.keyboard.press("Escape");
      await farm.page.keyboard.press("F1");
      await farm.page.getByRole("dialog").waitFor();
      await walk.look(farm, "shortcuts");
      await farm.page.keyboard.press("Escape");
    });

    await test.step("empty", async () => {
      for (const path of ["/needs", "/orders", "/quotes", "/payments", "/track", "/deadlines", "/devices", "/sync"]) {
        await walk.see(emptyFarm, "empty", path);
      }
      for (const path of ["/needs", "/orders", "/devices", "/sync", ...benchStages.map((stage) => `/bench/${stage}`)]) {
        await walk.see(emptyShop, "empty", path);
      }
    });

    await test.step("in error", async () => {
      const lost = ["", "/devices", "/pack", "/labels", "/quote"].map((screen) => `/orders/${nobody}${screen}`);
      for (const path of [...lost, `/pay/${nobody}`, `/track/${nobody}`, "/no/such/screen"]) await walk.see(farm, "lost", path);
      for (const stage of benchStages) await walk.see(shop, "lost", `/bench/${stage}/${nobody}`);
      // Every answer of the program is an error: each screen says so by itself.
      for (const [desk, all] of [
        [emptyFarm, ["/needs", "/orders", "/quotes", "/payments", "/track", "/deadlines", "/devices/X4Q", "/sync", "/settings"]],
        [emptyShop, ["/needs", "/orders", ...benchStages.map((stage) => `/bench/${stage}`)]],
      ] as const) {
        const calls = /\/call\/(Needs|Orders|Quotes|Payments|Tracking|Bench|Sync|Labels|Packing)\//;
        const disk = { kind: "unavailable", code: "db.disk_full" };
        await desk.page.route(calls, (route) => route.fulfill({ status: 422, json: disk }));
        await desk.page.reload();
        for (const path of all) await walk.see(desk, "failing", path);
        await desk.page.unroute(calls);
        await desk.page.reload();
      }
    });

    await test.step("offline", async () => {
      for (const line of houses.lines) await line.cut();
      for (const desk of [farm, shop]) {
        await expect
          .poll(async () => (await desk.call<{ state: string }>("Sync", "Now")).state, { timeout: 30_000 })
          .toBe("offline");
      }
      for (const path of farmPaths) await walk.see(farm, "offline", path);
      for (const path of ["/needs", "/orders", "/sync", ...benchPaths]) await walk.see(shop, "offline", path);
      for (const line of houses.lines) await line.mend();
    });

    console.log(`axe: ${walk.visits} visits in ${look.language}, ${look.theme}: ${walk.faults.length} violations`);
    expect([...new Set(walk.faults)]).toEqual([]);
  });
}
