import { describe, expect, it } from "vitest";

import { formatMoney, parseMoney, totals } from "./money";

describe("money is whole numbers of the smallest unit", () => {
  it.each([
    [{ amount: 123450, currency: "USD" }, "USD 1,234.50"],
    [{ amount: -5, currency: "CNY" }, "CNY -0.05"],
    [{ amount: 1234500000, currency: "USDT" }, "USDT 1,234.50"],
    [{ amount: 1234567891, currency: "USDT" }, "USDT 1,234.567891"],
    [{ amount: 1200, currency: "JPY" }, "JPY 1,200"],
  ])("%o is written %s", (money, want) => expect(formatMoney(money)).toBe(want));

  it.each([
    ["1,234.5", "USD", 123450],
    ["0.000001", "USDT", 1],
    ["12.345", "USD", undefined],
    ["twelve", "USD", undefined],
    ["-1", "USD", undefined],
    ["99999999999999999", "USD", undefined],
  ])("%s %s reads as %s", (text, currency, want) => expect(parseMoney(text, currency)).toBe(want));

  it("is added up per currency, never across", () => {
    const list = [
      { amount: 1, currency: "USD" },
      { amount: 2, currency: "USDT" },
      { amount: 3, currency: "USD" },
    ];
    expect(totals(list)).toEqual([
      { amount: 4, currency: "USD" },
      { amount: 2, currency: "USDT" },
    ]);
  });
});
