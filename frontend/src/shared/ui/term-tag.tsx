import { useLingui } from "@lingui/react";

import { type Term, toneOf, tTerm } from "@/shared/i18n/terms";

import { Tag } from "./tag";

/** A stage, status or mark as a tag: `<TermTag of={stageTerms} value={row.stage} />`. */
export function TermTag({ of, value }: { of: Record<string, Term>; value: string }) {
  useLingui(); // a change of language draws it again
  return <Tag tone={toneOf(of, value)}>{tTerm(of, value)}</Tag>;
}
