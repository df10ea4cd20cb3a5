import { expect, type Page } from "@playwright/test";

/**
 * A keyboard-wedge scanner: trusted key events of the browser, a few
 * milliseconds apart, Shift held for capitals, and Enter at the end.
 */
export class Scanner {
  private constructor(private readonly send: (event: KeyEvent) => Promise<unknown>) {}

  static async of(page: Page): Promise<Scanner> {
    const session = await page.context().newCDPSession(page);
    return new Scanner((event) => session.send("Input.dispatchKeyEvent", event));
  }

  /** The events carry the times at which a scanner sent them, however busy this PC is. */
  async scan(code: string): Promise<void> {
    const keys = [...code].flatMap(strokes).concat(press({ key: "Enter", code: "Enter", keyCode: 13, text: "\r" }));
    const start = Date.now() / 1000;
    await Promise.all(keys.map((key, i) => this.send({ ...key, timestamp: start + i * 0.002 })));
  }

  /** Scans as a person does: again, when the screen has not answered. */
  async scanUntil(code: string, answered: () => Promise<void>): Promise<void> {
    await expect(async () => {
      await this.scan(code);
      await answered();
    }).toPass({ timeout: 20_000, intervals: [1_600] }); // the same code sooner is the trigger bouncing
  }
}

interface KeyEvent {
  type: "keyDown" | "keyUp" | "rawKeyDown";
  key: string;
  code: string;
  windowsVirtualKeyCode: number;
  modifiers?: number;
  text?: string;
  timestamp?: number;
}

interface Key {
  key: string;
  code: string;
  keyCode: number;
  text: string;
}

const shift = 8;

function press({ key, code, keyCode, text }: Key, modifiers = 0): KeyEvent[] {
  const both = { key, code, windowsVirtualKeyCode: keyCode, modifiers };
  return [
    { type: "keyDown", text, ...both },
    { type: "keyUp", ...both },
  ];
}

const signs: Record<string, [code: string, keyCode: number, shifted: boolean]> = {
  "-": ["Minus", 189, false],
  ":": ["Semicolon", 186, true],
  "/": ["Slash", 191, false],
  ".": ["Period", 190, false],
};

function strokes(char: string): KeyEvent[] {
  if (/\d/.test(char)) return press({ key: char, code: `Digit${char}`, keyCode: char.charCodeAt(0), text: char });
  if (/[A-Za-z]/.test(char)) {
    const upper = char.toUpperCase();
    return press(
      { key: char, code: `Key${upper}`, keyCode: upper.charCodeAt(0), text: char },
      char === upper ? shift : 0,
    );
  }
  const sign = signs[char];
  if (!sign) throw new Error(`the scanner has no key for ${char}`);
  return press({ key: char, code: sign[0], keyCode: sign[1], text: char }, sign[2] ? shift : 0);
}
