import { useEffect, useRef } from "react";

import { addHotkeys, type Hotkey, type Layer } from "./hotkeys";

/** Gives this screen its shortcuts while it is mounted. A dialog takes them all. */
export function useHotkeys(hotkeys: Hotkey[], exclusive = false): void {
  const layer = useRef<Layer>({ current: hotkeys, exclusive });
  useEffect(() => {
    layer.current.current = hotkeys;
  });
  // The sheet lists by keys and labels; running always uses the latest closure.
  const shape = hotkeys.map((hotkey) => hotkey.keys + hotkey.label).join("\n");
  useEffect(() => addHotkeys(layer.current), [shape]);
}
