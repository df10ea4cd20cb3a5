import { useSyncExternalStore } from "react";

// Whether the palette is open, and with which text: a scan may open it from anywhere.
let open: { text: string } | undefined;
const watchers = new Set<() => void>();

function set(next: typeof open): void {
  open = next;
  for (const watcher of watchers) watcher();
}

export const openPalette = (text = ""): void => set({ text });
export const closePalette = (): void => set(undefined);

export function usePalette(): { text: string } | undefined {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => open,
  );
}
