import { useEffect, useRef } from "react";

import { listenForScans } from "./scanner-listener";

type Handler = (code: string) => void;

type Handlers = { current: Handler }[];

// The part of the page that was mounted last hears the scan. When none listens,
// the ground does: the shell, or a page that must not be left by a stray scan
// while its parts are still loading.
const page: Handlers = [];
const ground: Handlers = [];
let stop: (() => void) | undefined;

export function dispatchScan(code: string): void {
  (page.at(-1) ?? ground.at(-1))?.current(code);
}

/** Sends scans to this component while it is mounted and `active`. */
export function useScanner(handler: Handler, active = true): void {
  useHandler(page, handler, active);
}

/** Takes the scans that no part of the page listens for. */
export function useGroundScanner(handler: Handler, active = true): void {
  useHandler(ground, handler, active);
}

function useHandler(handlers: Handlers, handler: Handler, active: boolean): void {
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
      if (page.length + ground.length > 0) return;
      stop?.();
      stop = undefined;
    };
  }, [handlers, active]);
}
