import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";

import { DeskProgram } from "./program";
import { Scanner } from "./scanner";

/** What a page may not do: throw, complain to its console, or show a code instead of words. */
export class Watch {
  readonly faults: string[] = [];
  private allowed = 0;

  constructor(page: Page) {
    page.on("pageerror", (error) => this.note(`page error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !answered(message.text())) this.note(`console: ${message.text()}`);
    });
  }

  /** While the program is away its page may say so. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.allowed++;
    try {
      return await work();
    } finally {
      this.allowed--;
    }
  }

  private note(fault: string): void {
    if (this.allowed === 0) this.faults.push(fault);
  }
}

/** A deed that says no answers 422 with its reason, and the browser notes that in its console. */
const answered = (text: string): boolean => /Failed to load resource: .* status of 422/.test(text);

/** One person at one PC: the program, its window in a browser, and a scanner. */
export class Desk {
  page!: Page;
  watch!: Watch;
  scanner!: Scanner;
  private context!: BrowserContext;

  private constructor(
    private readonly browser: Browser,
    readonly program: DeskProgram,
  ) {}

  static async open(browser: Browser, dir: string): Promise<Desk> {
    const desk = new Desk(browser, new DeskProgram(dir));
    await desk.show();
    return desk;
  }

  private async show(): Promise<void> {
    const address = await this.program.start();
    this.context = await this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-US",
      permissions: ["clipboard-read", "clipboard-write"],
      acceptDownloads: true,
      reducedMotion: "reduce",
    });
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(15_000);
    this.watch = new Watch(this.page);
    await this.page.goto(address);
    await this.page.locator("main, [role=alert]").first().waitFor();
    this.scanner = await Scanner.of(this.page);
  }

  /** kill -9, and the same person starts the program again. */
  async killAndRestart(): Promise<void> {
    await this.watch.during(async () => {
      await this.program.kill();
      expect(this.watch.faults).toEqual([]);
      await this.context.close();
    });
    await this.show();
  }

  async close(): Promise<void> {
    await this.watch?.during(async () => {
      await this.context?.close();
      await this.program.stop();
    });
  }

  /** Goes to a screen by its address, as a link does: what follows "?" stands before the "#". */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      const [route, search] = to.split("?");
      history.pushState(null, "", `${location.pathname}${search ? `?${search}` : ""}#${route}`);
      dispatchEvent(new HashChangeEvent("hashchange"));
    }, path);
  }

  /** What the page may call, for reading facts and for what a test is not about. */
  async call<T>(struct: string, method: string, ...args: unknown[]): Promise<T> {
    return this.page.evaluate(
      ([of, name, list]) => (window as unknown as Bridge).go.app[of]![name]!(...list),
      [struct, method, args] as const,
    ) as Promise<T>;
  }

  /** "Ask the centre now", until nothing waits here. */
  async settle(): Promise<void> {
    await expect
      .poll(
        async () => {
          const status = await this.call<SyncStatus>("Sync", "Now");
          return `${status.state}, ${status.waiting} waiting, ${status.uploads} files`;
        },
        { timeout: 30_000, intervals: [50, 200, 500] },
      )
      .toBe("up_to_date, 0 waiting, 0 files");
  }

  async join(address: string, invite: string, name: string): Promise<void> {
    const { page } = this;
    await page.getByRole("button", { name: "Connect" }).click();
    await page.getByLabel("Address of the centre").fill(address);
    await page.getByRole("button", { name: "Find the centre" }).click();
    await page.getByLabel("Invite code").fill(invite);
    await page.getByLabel("Name of this computer").fill(name);
    await page.getByRole("button", { name: "Join the centre" }).click();
    await expect(page.getByRole("navigation", { name: "Sections" })).toBeVisible();
  }

  /** Changes sides in practice. */
  async playAs(role: "Farm" | "Technician" | "Office"): Promise<void> {
    const sides = this.page.getByRole("radiogroup", { name: "Play as" });
    await sides.getByText(role, { exact: true }).click();
    await expect(this.page.getByRole("radio", { name: role })).toBeChecked();
    await expect(sides.getByRole("radio", { disabled: true })).toHaveCount(0);
  }

  async practise(): Promise<void> {
    await this.page.getByRole("button", { name: "Practise" }).click();
    await expect(this.page.getByRole("navigation", { name: "Sections" })).toBeVisible({ timeout: 60_000 });
  }
}

interface Bridge {
  go: { app: Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>> };
}

export interface SyncStatus {
  state: string;
  waiting: number;
  refused: number;
  uploads: number;
  last_sync: string;
}
