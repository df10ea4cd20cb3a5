import { describe, expect, it } from "vitest";

import type { QuoteRow } from "./api";
import { acceptAll, choose, cycle, offers, toChoice } from "./choice";

const row = (id: string, declinable: boolean, pending = ""): QuoteRow =>
  ({ quote: { id }, acceptable: true, declinable, pending }) as unknown as QuoteRow;

const normal = row("normal", false);
const scrap = row("scrap", true);

describe("answering quotes", () => {
  it("R32 has no way to decline a normal quote", () => {
    expect(offers(normal, "decline")).toBe(false);
    expect([...choose(new Map(), normal, "decline")]).toEqual([]);
    expect([...cycle(cycle(new Map(), normal), normal)]).toEqual([]);
  });

  it("R31 lets a scrap quote be declined", () => {
    const answers = cycle(cycle(new Map(), scrap), scrap);
    expect(toChoice("o", answers)).toEqual({ order: "o", accept: [], decline: ["scrap"] });
  });

  it("keeps what was answered when everything else is accepted", () => {
    const answers = acceptAll(choose(new Map(), scrap, "decline"), [normal, scrap]);
    expect(toChoice("o", answers)).toEqual({ order: "o", accept: ["normal"], decline: ["scrap"] });
  });

  it("leaves alone what is already on its way", () => {
    expect([...acceptAll(new Map(), [row("sent", true, "accept_quotes")])]).toEqual([]);
  });
});
