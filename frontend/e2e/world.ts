import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Browser, expect, test as base, type TestInfo } from "@playwright/test";

import { Desk } from "./desk";
import { NetworkLine } from "./line";
import { CentreProgram } from "./program";

/** Temporary folders, desks and centres of one test; all of them end with it. */
export class World {
  private readonly ends: (() => Promise<void>)[] = [];
  private readonly desks = new Map<string, Desk>();

  private constructor(
    private readonly browser: Browser,
    readonly dir: string,
  ) {}

  static async make(browser: Browser): Promise<World> {
    return new World(browser, await mkdtemp(join(tmpdir(), "hashmend-e2e-")));
  }

  async desk(name: string): Promise<Desk> {
    const desk = await Desk.open(this.browser, join(this.dir, name));
    this.ends.push(() => desk.close());
    this.desks.set(name, desk);
    return desk;
  }

  /** A real centre, told who it is; a seeded one knows that, and has a case of everything. */
  async centre({ seeded = false } = {}): Promise<{ centre: CentreProgram; url: URL }> {
    const centre = new CentreProgram(await mkdtemp(join(this.dir, "centre-")));
    if (seeded) await centre.seed();
    const url = new URL(await centre.start());
    this.ends.push(() => centre.stop());
    if (!seeded) {
      const file = join(this.dir, "centre-info.json");
      await writeFile(file, JSON.stringify(centreInfo));
      await centre.setInfo(file);
    }
    return { centre, url };
  }

  /** The network between one desk and the centre. */
  async line(to: URL): Promise<NetworkLine> {
    const line = new NetworkLine(to);
    await line.mend();
    this.ends.push(() => line.cut());
    return line;
  }

  known(name: string): Desk {
    const desk = this.desks.get(name);
    if (desk === undefined) throw new Error(`no desk ${name}`);
    return desk;
  }

  /** Keeps a picture of every desk, for whoever looks at a failure. */
  async picture(info: TestInfo): Promise<void> {
    for (const [name, desk] of this.desks) {
      const path = info.outputPath(`${name}.png`);
      await desk.page.screenshot({ path }).catch(() => undefined); // the program may be gone
      const said = await desk.page.getByRole("alert").allInnerTexts().catch(() => []);
      if (said.length > 0) console.log(`${name} says: ${said.join(" | ")}`);
      await info.attach(name, { path, contentType: "image/png" }).catch(() => undefined);
    }
  }

  /** What any page did that no page may do. */
  faults(): string[] {
    return [...this.desks].flatMap(([name, desk]) => desk.watch.faults.map((fault) => `${name}: ${fault}`));
  }

  async end(): Promise<void> {
    for (const end of this.ends.reverse()) await end();
    await rm(this.dir, { recursive: true, force: true });
  }
}

export const centreInfo = {
  name: "Riverside repair",
  name_zh: "河畔维修中心",
  label_host: "RMA.RIVERSIDE.EXAMPLE",
  address: [
    { language: "en", name: "Riverside repair, inbound", phone: "+86 28 5550 1234", lines: ["8 Canal Road, Hall 3", "Pidu, Chengdu, Sichuan 611730"] },
    { language: "zh-CN", name: "河畔维修中心 收件组", phone: "+86 28 5550 1234", lines: ["四川省成都市郫都区运河路8号3号库", "611730"] },
  ],
  payees: [
    { method: "bank_transfer", currency: "CNY", name: "成都河畔电子维修有限公司", account: "6222 0200 0000 1234 567", bank: "工商银行成都郫都支行" },
  ],
  languages: ["en", "zh-CN"],
};

export const test = base.extend<{ world: World; practice: Desk }, { practising: World }>({
  // One practice centre for all tests of a worker: it has a case of everything.
  practising: [
    async ({ browser }, use) => {
      const world = await World.make(browser);
      try {
        const desk = await world.desk("practice");
        await desk.practise();
        await desk.settle();
        await use(world);
      } finally {
        await world.end();
      }
    },
    { scope: "worker" },
  ],
  practice: async ({ practising }, use, info) => {
    const desk = practising.known("practice");
    await use(desk);
    if (info.errors.length > 0) await practising.picture(info);
    expect(practising.faults()).toEqual([]);
  },
  world: async ({ browser }, use, info) => {
    const world = await World.make(browser);
    try {
      await use(world);
      expect(world.faults()).toEqual([]);
    } finally {
      if (info.errors.length > 0) await world.picture(info);
      await world.end();
    }
  },
});

export { expect };
