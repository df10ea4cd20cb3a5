import { readdirSync } from "node:fs";

import { defineConfig } from "@lingui/conf";

// One catalogue a feature, so that a feature and its words move together.
const features = readdirSync(new URL("./src/features", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => `src/features/${entry.name}`);

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "zh-CN"],
  catalogs: ["src/shared", "src/app", ...features].map((folder) => ({
    path: `<rootDir>/${folder}/locales/{locale}`,
    include: [`<rootDir>/${folder}`],
    exclude: ["**/*.test.*", "**/testing/**"],
  })),
  orderBy: "message",
  format: "po",
  formatOptions: { lineNumbers: false },
});
