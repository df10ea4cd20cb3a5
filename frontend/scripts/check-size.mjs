// Fails when the first screen needs more than its budget: everything the entry
// imports statically, and everything Vite preloads with it, gzipped.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budgets = { js: 260 * 1024, css: 25 * 1024 };
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

const files = new Set();
const visit = (key) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) visit(next);
};
visit("index.html");
// What every start loads besides the entry: one language, and the frame with its first page.
for (const key of Object.keys(manifest)) {
  if (/^_locale-zh-CN|src\/app\/(pages\/needs|kit\.|shell\/shell)/.test(key + manifest[key].name)) visit(key);
}

const total = { js: 0, css: 0 };
for (const file of files) {
  const kind = file.endsWith(".css") ? "css" : "js";
  total[kind] += gzipSync(readFileSync(new URL(file, dist))).length;
}
let failed = false;
for (const [kind, bytes] of Object.entries(total)) {
  const over = bytes > budgets[kind];
  failed ||= over;
  console.log(`first screen ${kind}: ${(bytes / 1024).toFixed(1)} KB gz of ${budgets[kind] / 1024}${over ? "  TOO BIG" : ""}`);
}
process.exit(failed ? 1 : 0);
