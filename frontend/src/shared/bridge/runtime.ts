// The few things of Wails' runtime that screens use. In a browser the same
// object is provided by a script of the program, so nothing here asks where it runs.

interface WailsRuntime {
  EventsOn(name: string, listener: (...data: unknown[]) => void): () => void;
  BrowserOpenURL(url: string): void;
  ClipboardSetText(text: string): Promise<boolean>;
  ClipboardGetText(): Promise<string>;
}

declare global {
  interface Window {
    runtime?: Partial<WailsRuntime>;
  }
}

/** Listens to an event of the program; returns how to stop. */
export function onEvent(name: string, listener: (data: unknown) => void): () => void {
  return window.runtime?.EventsOn?.(name, (data) => listener(data)) ?? (() => undefined);
}

/** Opens a page outside. Only https: an address may come from a server, and must start nothing else. */
export function openInBrowser(url: string): void {
  if (!url.startsWith("https://")) return;
  window.runtime?.BrowserOpenURL?.(url);
}

export async function copyText(text: string): Promise<boolean> {
  if (window.runtime?.ClipboardSetText) return window.runtime.ClipboardSetText(text);
  await navigator.clipboard.writeText(text);
  return true;
}

/** What the clipboard holds now, or undefined where it may not be read. */
export async function readText(): Promise<string | undefined> {
  try {
    if (window.runtime?.ClipboardGetText) return await window.runtime.ClipboardGetText();
    return await navigator.clipboard.readText();
  } catch {
    return undefined;
  }
}
