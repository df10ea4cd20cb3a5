import { expect, it } from "vitest";

import { plainAmount } from "@/shared/lib/money";

it("gives a bank's form the figure to the letter, without a float between", () => {
  expect(plainAmount({ amount: 123456, currency: "CNY" })).toBe("1234.56");
  expect(plainAmount({ amount: 5, currency: "USD" })).toBe("0.05");
  expect(plainAmount({ amount: 1_000_001, currency: "USDT" })).toBe("1.000001");
});
