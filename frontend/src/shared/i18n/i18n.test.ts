import { i18n } from "@lingui/core";
import { describe, expect, it } from "vitest";

import { errorTexts } from "./error-texts";
import { activate, bestLocale } from "./i18n";
import { tError } from "./t-error";
import { stageTerms, tName, toneOf, tTerm } from "./terms";

it("finds our language for any wish", () => {
  expect(["zh-CN", "zh-Hans-SG", "zh_CN.UTF-8", "en-GB", "C", "ru", undefined].map(bestLocale)).toEqual([
    "zh-CN", "zh-CN", "zh-CN", "en", "en", "en", "en",
  ]); // prettier-ignore
});

describe("codes of Go", () => {
  it("are said in both languages, with their arguments", async () => {
    expect(tError("intake.duplicate_serial", { first_row: "2" })).toBe("Same serial as row 2.");
    await activate("zh-CN");
    expect(tError("intake.duplicate_serial", { first_row: "2" })).toBe("与第 2 行序列号重复。");
    expect(document.documentElement.lang).toBe("zh-CN");
  });

  it("choose by an argument", () => {
    expect(tError("intake.serial_unusual", { why: "too_short", length: "7" })).toBe("Serial unusually short: 7 characters");
    expect(tError("intake.serial_unusual", { why: "something_new" })).toBe("Unusual serial");
  });

  it("name a refused file, never its type", async () => {
    const said = (is: string) => tError("intake.not_a_table", { name: "list.xls", is });
    expect(said("ole")).toBe("list.xls is not a table but another Office document. Choose an Excel or CSV file.");
    expect(said("brand_new")).toContain("another kind of file");
    await activate("zh-CN");
    expect(said("ole")).toBe("list.xls 不是表格，而是其他 Office 文档。请选择 Excel 或 CSV 文件。");
    await activate("en");
  });

  it("survive a missing argument", () => expect(tError("order.extension_in_past")).toBe("The new date – is in the past."));

  it("are shown when no words are known", () => expect(tError("some.new_code")).toContain("some.new_code"));

  it("have words in every language", async () => {
    const args = { count: "2", why: "other" };
    for (const [code, text] of Object.entries(errorTexts)) expect(i18n._(text.id, args), code).not.toBe(text.id);
    await activate("zh-CN");
    for (const [code, text] of Object.entries(errorTexts)) expect(i18n._(text.id, args), code).toMatch(/[\u4e00-\u9fff]/);
  });
});

it("shows a value of a newer centre as some other, whatever it is called", async () => {
  expect(tTerm(stageTerms, "need_info")).toBe("Question for you");
  expect(tTerm(stageTerms, "")).toBe("");
  for (const value of ["brand_new", "__proto__", "constructor", "toString"]) {
    expect(tTerm(stageTerms, value)).toBe(`Other (${value})`);
    expect(toneOf(stageTerms, value)).toBe("quiet");
  }
  expect(tName(stageTerms, "what I call it")).toBe("what I call it");
  await activate("zh-CN");
  expect(tTerm(stageTerms, "brand_new")).toBe("其他（brand_new）");
  await activate("en");
});
