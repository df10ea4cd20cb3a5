import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import type { Page } from "@playwright/test";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Waits until a screen has come to rest: its heading stands and nothing is being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const main = document.querySelector("main") ?? document.querySelector("[role=alert]");
    return (
      main !== null &&
      main.querySelector("h1, h2") !== null &&
      document.querySelector(".skeleton") === null &&
      // A dialog is told its title's id a moment after it has opened.
      document.querySelector("[role=dialog]:not([aria-label]):not([aria-labelledby])") === null &&
      document.getAnimations().every((one) => one.playState !== "running")
    );
  });
}

/** What is wrong with the screen as it stands: axe's violations, and codes where words should be. */
export async function faultsOf(page: Page): Promise<string[]> {
  const known = await page.evaluate(() => "axe" in window);
  if (!known) await page.evaluate(axeSource);
  return page.evaluate(async (runOnly) => {
    const axe = (window as unknown as { axe: Axe }).axe;
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    const faults = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} – ${failureSummary.replaceAll(/\s+/g, " ")}`),
    );
    const code = /^[a-z][a-z0-9]*([._][a-z0-9]+)+$/;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || parent.closest(".code, kbd, style, script, textarea") || !parent.checkVisibility()) continue;
      const text = (node.nodeValue ?? "").trim();
      if (code.test(text)) faults.push(`a code instead of words: ${text}`);
    }
    return faults;

    interface Axe {
      run(
        context: Document,
        options: object,
      ): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }>;
    }
  }, tags);
}
