// Shortcuts. A key is matched by its letter when the layout is Latin, else by
// its place, so Ctrl+K works on a Russian or Greek layout and stays right on
// AZERTY. No bare letters: a scanner types those.

export interface Combo {
  mod: boolean;
  shift: boolean;
  alt: boolean;
  key: string;
}

/** Reads "mod+shift+Enter". `mod` is Cmd on a Mac, Ctrl elsewhere. */
export function parseCombo(text: string): Combo {
  const parts = text.split("+");
  // "mod++" is the plus key.
  const key = text.endsWith("++") ? "+" : parts.at(-1)!;
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return { mod: has("mod"), shift: has("shift"), alt: has("alt"), key: key.toLowerCase() };
}

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

export interface KeyEventLike {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const places: Record<string, string> = {
  minus: "-", equal: "=", comma: ",", period: ".", slash: "/", semicolon: ";", bracketleft: "[", bracketright: "]",
}; // prettier-ignore

function keyOf(event: KeyEventLike): string {
  const typed = event.key.toLowerCase();
  if (/^Digit\d$/.test(event.code)) return event.code.slice(5);
  if (/^[a-z]$/.test(typed)) return typed;
  if (typed.length > 1) return typed; // named keys: enter, f8, arrowup
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  return letter?.toLowerCase() ?? places[event.code.toLowerCase()] ?? typed;
}

export function matches(combo: Combo, event: KeyEventLike, mac: boolean = isMac()): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  return (
    mod === combo.mod && !other && event.shiftKey === combo.shift && event.altKey === combo.alt && keyOf(event) === combo.key
  );
}

const names: Record<string, string> = {
  enter: "⏎", escape: "Esc", arrowup: "↑", arrowdown: "↓", arrowleft: "←", arrowright: "→", delete: "Del", " ": "Space",
}; // prettier-ignore

/** How a key is written on the screen: "Ctrl Shift N". */
export function showCombo(text: string, mac: boolean = isMac()): string {
  const { mod, shift, alt, key } = parseCombo(text);
  const parts = [
    mod && (mac ? "⌘" : "Ctrl"),
    shift && (mac ? "⇧" : "Shift"),
    alt && (mac ? "⌥" : "Alt"),
    names[key] ?? key.toUpperCase(),
  ];
  return parts.filter(Boolean).join(" ");
}

export interface Hotkey {
  keys: string;
  label: string;
  group: "page" | "program" | "grid";
  /** Absent where another part takes the key itself and it is only listed here. */
  run?: () => void;
}

export interface Layer {
  current: Hotkey[];
  /** A dialog: nothing below it hears a key. */
  exclusive?: boolean;
}

// Later screens win over the shell: the newest match runs.
const layers: Layer[] = [];
const watchers = new Set<() => void>();
let snapshot: Hotkey[] = [];

function changed(): void {
  snapshot = layers.flatMap((layer) => layer.current);
  for (const watcher of watchers) watcher();
}

export function addHotkeys(layer: Layer): () => void {
  layers.push(layer);
  changed();
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    changed();
  };
}

/** Every shortcut that works now, for the sheet and the palette. */
export const activeHotkeys = (): Hotkey[] => snapshot;
export function watchHotkeys(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Runs the shortcut of this key, if there is one. Composing text is never interrupted. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  for (const layer of [...layers].reverse()) {
    const hit = layer.current.find((hotkey) => hotkey.run && matches(parseCombo(hotkey.keys), event));
    if (hit) {
      event.preventDefault();
      hit.run?.();
    }
    if (hit || layer.exclusive) return;
  }
}
