import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/**
 * The words of every code that Go may send. The code is the key; {names} are
 * the error's arguments. A test compares this list with the one Go exports.
 */
export const errorTexts: Record<string, MessageDescriptor> = {
  internal: msg`The program made a mistake. Nothing you typed is lost. Details: {detail}`,
  "internal.unknown_code": msg`Something was refused with a reason this version has no words for: {code}`,
  "bridge.timeout": msg`The program did not answer in 30 seconds. Nothing you typed is lost; try again.`,
  "bridge.unreachable": msg`The program did not answer. Close this window and start it again; what you typed is saved.`,
};
