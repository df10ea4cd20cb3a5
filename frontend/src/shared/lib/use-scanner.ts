import { useEffect, useRef } from "react";

import { listenForScans } from "./scanner-listener";

type Handler = (code: string) => void;

// The screen mounted last hears the scan; the shell is at the bottom.
const handlers: { current: Handler }[] = [];
let stop: (() => void) | undefined;

export function dispatchScan(code: string): void {
  handlers.at(-1)?.current(code);
}

/** Sends scans to this component while it is mounted and `active`. */
export function useScanner(handler: Handler, active = true): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!active) return;
    handlers.push(latest);
    stop ??= listenForScans(window, dispatchScan);
    return () => {
      handlers.splice(handlers.indexOf(latest), 1);
      if (handlers.length > 0) return;
      stop?.();
      stop = undefined;
    };
  }, [active]);
}
