import { QueryClientProvider } from "@tanstack/react-query";
import { configure, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";

import { newQueryClient, Providers } from "./providers";

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

// jsdom has no fonts; a growing text field waits for them.
Object.defineProperty(document, "fonts", {
  configurable: true,
  value: { addEventListener: () => undefined, removeEventListener: () => undefined },
});

/** Draws a part of the program as a person finds it; `history` tells where it led. */
export function show(ui: ReactNode, path = "/") {
  const { hook, searchHook, history } = memoryLocation({ path, record: true });
  const view = render(
    <QueryClientProvider client={newQueryClient()}>
      <Providers>
        <Router hook={hook} searchHook={searchHook}>
          <main>{ui}</main>
        </Router>
      </Providers>
    </QueryClientProvider>,
  );
  return { ...view, history, person: userEvent.setup() };
}

/** A scanner's burst of keys, ended by Enter. */
export function scan(code: string): void {
  let at = performance.now();
  const key = (value: string, physical: string) => {
    const event = new KeyboardEvent("keydown", { key: value, code: physical, bubbles: true, shiftKey: /[A-Z]/.test(value) && value.length === 1 });
    Object.defineProperty(event, "timeStamp", { value: (at += 8) });
    window.dispatchEvent(event);
  };
  for (const char of code) key(char, /\d/.test(char) ? `Digit${char}` : char === "-" ? "Minus" : `Key${char.toUpperCase()}`);
  key("Enter", "Enter");
}
