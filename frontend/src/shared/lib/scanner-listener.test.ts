import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { listenForScans } from "./scanner-listener";

/** Types as a keyboard does: a keydown, and the character in the field unless it was swallowed. */
function typist() {
  let at = 0;
  const press = (code: string, char: string, gap: number, shiftKey = false) => {
    at += gap;
    const event = new KeyboardEvent("keydown", { code, key: char, shiftKey, bubbles: true, cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: at });
    const target = document.activeElement ?? document.body;
    const went = target.dispatchEvent(event);
    if (went && char.length === 1 && target instanceof HTMLInputElement) {
      target.setRangeText(char, target.selectionStart!, target.selectionEnd!, "end");
    }
    return went;
  };
  const code = (char: string) => (/\d/.test(char) ? `Digit${char}` : char === "-" ? "Minus" : `Key${char.toUpperCase()}`);
  return {
    /** `shown` is what the layout makes of the key. */
    type: (text: string, gap: number, shown = text) =>
      [...text].forEach((char, i) => press(code(char), shown[i]!, gap, /[A-Z]/.test(char))),
    enter: (gap = 8) => press("Enter", "Enter", gap),
    tab: (gap = 8) => press("Tab", "Tab", gap),
  };
}

describe("listening for scans", () => {
  let heard: string[];
  let stop: () => void;
  let field: HTMLInputElement;
  let keys: ReturnType<typeof typist>;

  beforeEach(() => {
    vi.useFakeTimers();
    heard = [];
    stop = listenForScans(window, (scan) => heard.push(scan));
    document.body.innerHTML = '<form><input id="note" /></form>';
    field = document.querySelector("input")!;
    keys = typist();
  });
  afterEach(() => stop());

  it("hears a scan with no field focused", () => {
    keys.type("JYZZ21AGO", 8);
    keys.enter();
    expect(heard).toEqual(["JYZZ21AGO"]);
  });

  it("hears a scan without a suffix after a silence", () => {
    keys.type("JYZZ21AGO", 8);
    vi.advanceTimersByTime(301);
    expect(heard).toEqual(["JYZZ21AGO"]);
  });

  it("loses no key that a busy PC hands over late", () => {
    field.focus();
    keys.type("J", 400);
    vi.advanceTimersByTime(2000); // of the clock; the keyboard sent the next key after 8 ms
    keys.type("YZZ21AGO", 8);
    vi.advanceTimersByTime(200);
    keys.enter();
    expect(heard).toEqual(["JYZZ21AGO"]);
    expect(field.value).toBe("");
  });

  it("reads the same on a Russian layout", () => {
    keys.type("jyzz21ago", 8, "оняя21фпщ");
    keys.enter();
    expect(heard).toEqual(["jyzz21ago"]);
  });

  it("gives the focused field back as it was", () => {
    field.focus();
    keys.type("hello", 160);
    keys.type("JYZZ21AGO", 8);
    // The first key of the burst came after a pause, as a person's hand does.
    keys.enter();
    expect(heard).toHaveLength(1);
    expect(field.value).not.toContain("JYZZ21AGO".slice(1));
  });

  it("keeps what was typed before and after a scan", () => {
    field.focus();
    keys.type("hello", 160);
    vi.advanceTimersByTime(500);
    keys.type("J", 400);
    keys.type("YZZ21AGO", 8);
    keys.enter();
    keys.type("w", 500);
    expect(heard).toEqual(["JYZZ21AGO"]);
    expect(field.value).toBe("hellow");
  });

  it("tells React that the field is as before", () => {
    const input = vi.fn();
    field.addEventListener("input", input);
    field.focus();
    keys.type("JYZZ21AGO", 8);
    keys.enter();
    expect(field.value).toBe("");
    expect(input).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(field);
  });

  it("gives it back before the field is left, so that leaving saves nothing of the scan", () => {
    const seen: string[] = [];
    field.addEventListener("blur", () => seen.push(field.value));
    field.focus();
    keys.type("JYZZ21AGO", 8);
    keys.enter();
    expect(seen).toEqual([""]);
  });

  it("swallows the Enter of a scan, so it never submits a form", () => {
    const onward = vi.fn();
    document.body.addEventListener("keydown", (event) => event.key === "Enter" && onward());
    field.focus();
    keys.type("JYZZ21AGO", 8);
    expect(keys.enter()).toBe(false);
    expect(onward).not.toHaveBeenCalled();
  });

  it("swallows the Tab of a scan too", () => {
    keys.type("JYZZ21AGO", 8);
    expect(keys.tab()).toBe(false);
    expect(heard).toHaveLength(1);
  });

  it("leaves a person's Enter alone", () => {
    field.focus();
    keys.type("hello there", 140);
    expect(keys.enter(140)).toBe(true);
    expect(heard).toEqual([]);
  });

  it("takes the same code within a moment for one", () => {
    keys.type("JYZZ21AGO", 8);
    keys.enter();
    keys.type("J", 200);
    keys.type("YZZ21AGO", 8);
    keys.enter();
    expect(heard).toEqual(["JYZZ21AGO"]);
  });

  it("hears it again when the person scans it again later", () => {
    keys.type("JYZZ21AGO", 8);
    keys.enter();
    keys.type("J", 2000);
    keys.type("YZZ21AGO", 8);
    keys.enter();
    expect(heard).toEqual(["JYZZ21AGO", "JYZZ21AGO"]);
  });

  it("hears nothing after it was told to stop", () => {
    stop();
    keys.type("JYZZ21AGO", 8);
    keys.enter();
    expect(heard).toEqual([]);
  });
});
