import { describe, expect, it } from "vitest";

import { isScan, type KeyLike, scannedChar } from "./scanner";

const key = (code: string, more: Partial<KeyLike & { caps: boolean }> = {}): KeyLike => ({
  code,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  getModifierState: () => more.caps ?? false,
  ...more,
});

const burst = (text: string, gap: number | ((i: number) => number)) => {
  let at = 0;
  return { text, times: [...text].map((_, i) => (i === 0 ? 0 : (at += typeof gap === "number" ? gap : gap(i)))) };
};

describe("what a key of a scanner means", () => {
  const rows: [string, KeyLike, string | undefined][] = [
    ["a letter by its place, whatever the layout", key("KeyJ"), "j"],
    ["Shift makes a capital", key("KeyJ", { shiftKey: true }), "J"],
    ["CapsLock makes a capital", key("KeyJ", { caps: true }), "J"],
    ["Shift and CapsLock undo each other", key("KeyJ", { shiftKey: true, caps: true }), "j"],
    ["a digit", key("Digit4"), "4"],
    ["a sign above a digit", key("Digit2", { shiftKey: true }), "@"],
    ["the hyphen that other readers lose", key("Minus"), "-"],
    ["the slash of an address", key("Slash"), "/"],
    ["the number pad", key("Numpad7"), "7"],
    ["nothing for a shortcut", key("KeyV", { ctrlKey: true }), undefined],
    ["nothing for an arrow", key("ArrowLeft"), undefined],
  ];
  it.each(rows)("%s", (_name, input, want) => expect(scannedChar(input)).toBe(want));
});

describe("a scan is told from typing by its rhythm", () => {
  const rows: [string, ReturnType<typeof burst>, boolean][] = [
    ["a good scanner", burst("JYZZ21AGO", 7), true],
    ["a slow one on a busy PC", burst("JYZZ21AGO", 30), true],
    ["one stall inside the burst", burst("JYZZ21AGO", (i) => (i === 4 ? 110 : 8)), true],
    ["too long a stall", burst("JYZZ21AGO", (i) => (i === 4 ? 130 : 8)), false],
    ["too few characters", burst("JYZZ2", 7), false],
    ["exactly six", burst("JYZZ21", 7), true],
    ["the slowest median", burst("JYZZ21AGO", 35), true],
    ["a very fast typist", burst("JYZZ21AGO", 70), false],
    ["mostly slow with quick pairs", burst("abcdefgh", (i) => (i % 3 === 0 ? 10 : 60)), false],
  ];
  it.each(rows)("%s", (_name, input, want) => expect(isScan(input)).toBe(want));
});
