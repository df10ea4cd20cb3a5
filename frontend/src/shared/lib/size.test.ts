import { expect, it } from "vitest";

import { sizeText } from "./size";

it("sizes are read in the language of the screen", () => {
  expect(sizeText(1_240_000, "en")).toBe("1.2 MB");
  expect(sizeText(123_400_000, "en")).toBe("123 MB");
});
