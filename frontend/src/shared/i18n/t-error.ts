import { i18n } from "@lingui/core";

import type { GoError } from "@/shared/bridge/models";

import { errorTexts } from "./error-texts";

type Args = Record<string, string> | null | undefined;

/** The words for a code of Go, or undefined when this version has none. */
export function tCode(code: string, args?: Args): string | undefined {
  const text = errorTexts[code];
  if (text === undefined) return undefined;
  // A missing or empty argument must not blank the sentence.
  const safe = new Proxy(args ?? {}, { get: (target, key: string) => target[key] || "–", has: () => true });
  return i18n._(text.id, safe, { message: text.message });
}

/** What a person reads for a code of Go. An unknown code is shown, never hidden. */
export function tError(code: string, args?: Args): string {
  return tCode(code, args) ?? tCode("internal.unknown_code", { code }) ?? code;
}

export function tAppError(error: Pick<GoError, "code" | "args">): string {
  return tError(error.code, error.args);
}
