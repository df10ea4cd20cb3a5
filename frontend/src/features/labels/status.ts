import { msg } from "@lingui/core/macro";

import type { Term } from "@/shared/i18n/terms";

/** What a printer says of itself. */
export const statusTerms: Record<string, Term> = {
  ready: { label: msg`It is ready.` },
  paper_out: { label: msg`It has no labels.` },
  ribbon_out: { label: msg`It has no ribbon.` },
  head_open: { label: msg`Its head is open.` },
  paused: { label: msg`It is paused.` },
  busy: { label: msg`It is busy.` },
  silent: { label: msg`It is there, and gives no answer. Many printers do not.` },
  gone: { label: msg`It does not answer. Check that it is on, its cable and its address.` },
  unknown: { label: msg`It cannot be asked.` },
};
