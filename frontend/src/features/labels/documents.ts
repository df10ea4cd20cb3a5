import { msg } from "@lingui/core/macro";

import type { Term } from "@/shared/i18n/terms";

/** What can be printed, in the order in which it is needed. */
export const documents = {
  box: { label: msg`Box labels, 100 × 150 mm` },
  manifest: { label: msg`Packing list` },
  guidance: { label: msg`Packing guidance` },
  device: { label: msg`Device labels, 60 × 40 mm` },
  sheet: { label: msg`Device labels on A4 sheets` },
} satisfies Record<string, Term>;

export type DocumentKind = keyof typeof documents;

export const isDocument = (value: string): value is DocumentKind => value in documents;
