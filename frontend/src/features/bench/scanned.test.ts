import { expect, it } from "vitest";

import { addScan, countBox } from "./scanned";

it("R16 counts a box from zero against its work order", () => {
  expect(countBox(["AB-1234", "CD5678"], ["ab1234", "ZZ9999"])).toEqual({
    found: ["AB-1234"],
    missing: ["CD5678"],
    extra: ["ZZ9999"],
  });
});

it("counts a device once however often it is scanned", () => {
  expect(addScan(["SN:AB1234"], "ab-1234")).toEqual(["SN:AB1234"]);
});
