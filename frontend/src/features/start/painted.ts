import { start } from "./api";

let told = "";

/** Tells the program that a person can see this page: the smoke run of the window waits for it. */
export function reportPainted(page: string, orders: number): void {
  if (told === page) return;
  told = page;
  // After the second frame the first one has surely been shown.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      start.painted(page, orders).catch(() => undefined);
    }),
  );
}
