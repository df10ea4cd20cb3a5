import { describe, expect, it } from "vitest";

import { at, block, move, step } from "./selection";
import { singleCell, toTsv } from "./tsv";

const bounds = { rows: 100, cols: 5, page: 10 };
const key = (key: string, mods = "") => ({ key, ctrl: mods.includes("c"), shift: mods.includes("s") });

describe("keys move the active cell", () => {
  it.each([
    ["ArrowDown", "", 6, 2],
    ["ArrowUp", "", 4, 2],
    ["ArrowLeft", "", 5, 1],
    ["ArrowRight", "", 5, 3],
    ["ArrowDown", "c", 99, 2],
    ["ArrowUp", "c", 0, 2],
    ["Home", "", 5, 0],
    ["End", "", 5, 4],
    ["Home", "c", 0, 0],
    ["End", "c", 99, 4],
    ["PageDown", "", 15, 2],
    ["PageUp", "", 0, 2],
  ])("%s %s", (name, mods, row, col) => expect(move(at(5, 2), key(name, mods), bounds)).toEqual(at(row, col)));

  it("and Shift stretches the selection from where it began", () => {
    const two = move(move(at(5, 2), key("ArrowDown", "s"), bounds)!, key("ArrowRight", "s"), bounds)!;
    expect(block(two)).toEqual({ top: 5, bottom: 6, left: 2, right: 3 });
  });

  it("and never out of the grid", () => {
    expect(move(at(0, 0), key("ArrowUp"), bounds)).toEqual(at(0, 0));
    expect(move(at(99, 4), key("PageDown"), bounds)).toEqual(at(99, 4));
  });

  it("and other keys do not", () => expect(move(at(0, 0), key("a"), bounds)).toBeUndefined());
});

describe("Tab and Enter walk", () => {
  it("to the next line at the end of one", () => expect(step(at(0, 4), "Tab", false, bounds)).toEqual(at(1, 0)));
  it("back as well", () => expect(step(at(1, 0), "Tab", true, bounds)).toEqual(at(0, 4)));
  it("down with Enter", () => expect(step(at(3, 1), "Enter", false, bounds)).toEqual(at(4, 1)));
  it("out of the grid at its ends, so that nobody is trapped", () => {
    expect(step(at(99, 4), "Tab", false, bounds)).toBeUndefined();
    expect(step(at(0, 0), "Tab", true, bounds)).toBeUndefined();
  });
});

describe("text as spreadsheets exchange it", () => {
  it("quotes what would break it", () => expect(toTsv([["a\tb", 'say "x"'], ["1", ""]])).toBe('"a\tb"\t"say ""x"""\n1\t'));
  it.each([
    ["abc", "abc"],
    ["abc\r\n", "abc"],
    ['"a\nb"', "a\nb"],
    ["a\tb", undefined],
    ["a\nb", undefined],
  ])("%j holds one cell: %j", (text, want) => expect(singleCell(text)).toBe(want));
});
