import "@testing-library/jest-dom/vitest";

import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

import { activate } from "@/shared/i18n/i18n";

// What jsdom lacks and the screens use.
window.matchMedia ??= (query) =>
  ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined }) as unknown as MediaQueryList;
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollTo ??= () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;

// jsdom has no layout: a window of the grid needs some height to show rows in.
for (const side of ["offsetHeight", "clientHeight"]) {
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => 400 });
}
for (const side of ["offsetWidth", "clientWidth"]) {
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => 800 });
}
HTMLElement.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 800, 400);

beforeEach(() => activate("en"));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
