import { defineConfig } from "@playwright/test";

// The tests start the program themselves (e2e/program.ts); this only names the
// browser, which is the distribution's: nothing is downloaded.
export default defineConfig({
  testDir: "e2e",
  // Pictures for people to look at: SHOTS=1 npx playwright test shots
  testIgnore: process.env.SHOTS ? [] : ["shots.spec.ts"],
  timeout: 60_000,
  // A step of two programs and a centre on a busy PC; what is there is not waited for.
  expect: { timeout: 15_000 },
  forbidOnly: true,
  workers: 1,
  retries: 0, // what passes only sometimes is a fault
  reporter: [["list"], ["html", { outputFolder: "e2e/report", open: "never" }]],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
      ],
    },
  },
});
