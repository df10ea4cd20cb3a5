// Renders ZPL with an emulator that is not ours, so that our dots can be compared
// with what a printer would burn.
//
//	node zpl.mjs MODULES < jobs > answers
//
// A job is one line of JSON {zpl, w, h, dots}: the text, millimetres, and dots a
// millimetre. The answer is one line: the PNG in base 64.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { ready } = createRequire(process.argv[2] + "/")("zpl-renderer-js");
const { api } = await ready;

for await (const line of createInterface({ input: process.stdin })) {
  const { zpl, w, h, dots } = JSON.parse(line);
  process.stdout.write((await api.zplToBase64Async(zpl, w, h, dots)) + "\n");
}
process.exit(0);
