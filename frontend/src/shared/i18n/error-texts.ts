import type { MessageDescriptor } from "@lingui/core";

import { caseCodes } from "./codes/case";
import { centreCodes } from "./codes/centre";
import { draftCodes } from "./codes/draft";
import { parcelCodes } from "./codes/parcel";
import { programCodes } from "./codes/program";
import { checkoutCodes } from "./codes/checkout";
import { trackingCodes } from "./codes/tracking";
import { whyCodes } from "./codes/why";

/**
 * The words of every code that Go may send: errors, findings of preflight, and
 * the sentences behind a derived value. The code is the key; {names} are its
 * arguments. A test compares the keys with the list that Go publishes.
 */
export const errorTexts: Record<string, MessageDescriptor> = {
  ...caseCodes,
  ...centreCodes,
  ...draftCodes,
  ...parcelCodes,
  ...programCodes,
  ...checkoutCodes,
  ...trackingCodes,
  ...whyCodes,
};
