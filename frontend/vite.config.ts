import { fileURLToPath } from "node:url";

import { lingui } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The policy is written into the built page only: the development server needs
// inline scripts. Wails' and webdesk's own scripts are files of the same origin.
const policy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      injectTo: "head-prepend",
      attrs: {
        "http-equiv": "Content-Security-Policy",
        content:
          "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'",
      },
    },
  ],
};

export default defineConfig({
  base: "./",
  plugins: [
    // Only files that use a Lingui macro pay for Babel.
    babel({
      presets: [
        {
          preset: { plugins: ["@lingui/babel-plugin-lingui-macro"] },
          rolldown: { filter: { code: /@lingui\/(core|react)\/macro/ } },
        },
      ],
    }),
    react(),
    lingui(),
    policy,
  ],
  resolve: { alias: { "@": here("./src"), "@wails": here("./wailsjs") } },
  build: {
    target: ["es2022", "safari16"],
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // A language is one file: its catalogues are always loaded together. So is
    // what the first page needs: each file more costs the window a round trip.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            ...["en", "zh-CN"].map((locale) => ({ name: `locale-${locale}`, test: new RegExp(`locales/${locale}\\.po$`) })),
            { name: "start", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
  test: {
    environment: "jsdom",
    testTimeout: 30_000, // each waits for what it needs; a busy machine may be slow
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/shared/testing/setup.ts"],
    css: false,
    restoreMocks: true,
  },
});
