import { afterEach, describe, expect, it, vi } from "vitest";

import { activeHotkeys, addHotkeys, handleKey, type KeyEventLike, matches, parseCombo, showCombo } from "./hotkeys";

const event = (key: string, code: string, mods = ""): KeyEventLike => ({
  key,
  code,
  ctrlKey: mods.includes("c"),
  metaKey: mods.includes("m"),
  shiftKey: mods.includes("s"),
  altKey: mods.includes("a"),
});

describe("which key a person pressed", () => {
  const rows: [string, string, KeyEventLike, boolean, boolean][] = [
    ["Ctrl+K on a Latin layout", "mod+k", event("k", "KeyK", "c"), false, true],
    ["Ctrl+K on a Russian layout, by its place", "mod+k", event("л", "KeyK", "c"), false, true],
    ["on AZERTY the letter counts, not the place", "mod+a", event("a", "KeyQ", "c"), false, true],
    ["and the place does not", "mod+q", event("a", "KeyQ", "c"), false, false],
    ["Cmd+K on a Mac", "mod+k", event("k", "KeyK", "m"), true, true],
    ["Ctrl+K on a Mac is something else", "mod+k", event("k", "KeyK", "c"), true, false],
    ["a missing modifier", "mod+k", event("k", "KeyK"), false, false],
    ["one modifier too many", "mod+k", event("k", "KeyK", "cs"), false, false],
    ["a digit on a layout with signs there", "mod+1", event("&", "Digit1", "c"), false, true],
    ["the slash on a Russian layout, by its place", "mod+/", event(".", "Slash", "c"), false, true],
    ["Enter", "mod+Enter", event("Enter", "Enter", "c"), false, true],
    ["F8 backwards", "shift+f8", event("F8", "F8", "s"), false, true],
  ];
  it.each(rows)("%s", (_name, combo, pressed, mac, want) => expect(matches(parseCombo(combo), pressed, mac)).toBe(want));
});

it("writes a shortcut as the keyboard has it", () => {
  expect(showCombo("mod+shift+n", false)).toBe("Ctrl Shift N");
  expect(showCombo("mod+Enter", true)).toBe("⌘ ⏎");
});

describe("who hears a key", () => {
  const undo: (() => void)[] = [];
  const add = (keys: string, run: () => void, exclusive = false) =>
    undo.push(addHotkeys({ current: [{ keys, label: keys, group: "page", run }], exclusive }));
  afterEach(() => undo.splice(0).forEach((stop) => stop()));
  const press = (init: KeyboardEventInit) => {
    const pressed = new KeyboardEvent("keydown", { cancelable: true, ...init });
    handleKey(pressed);
    return pressed;
  };

  it("the newest screen first, and only once", () => {
    const shell = vi.fn();
    const page = vi.fn();
    add("mod+n", shell);
    add("mod+n", page);
    expect(press({ key: "n", code: "KeyN", ctrlKey: true }).defaultPrevented).toBe(true);
    expect(page).toHaveBeenCalledOnce();
    expect(shell).not.toHaveBeenCalled();
  });

  it("nobody below a dialog", () => {
    const page = vi.fn();
    add("mod+n", page);
    add("mod+Enter", vi.fn(), true);
    press({ key: "n", code: "KeyN", ctrlKey: true });
    expect(page).not.toHaveBeenCalled();
  });

  it("nobody while an input method composes", () => {
    const page = vi.fn();
    add("mod+n", page);
    press({ key: "n", code: "KeyN", ctrlKey: true, isComposing: true });
    expect(page).not.toHaveBeenCalled();
  });

  it("and the sheet lists what works now", () => {
    add("f8", vi.fn());
    expect(activeHotkeys().map((hotkey) => hotkey.keys)).toContain("f8");
    undo.splice(0).forEach((stop) => stop());
    expect(activeHotkeys()).toEqual([]);
  });
});
