import { msg } from "@lingui/core/macro";

import type { Term } from "@/shared/i18n/terms";

/** What can be printed, in the order in which it is needed. */
export const documents = {
  box: { label: msg`Box labels, 100 × 150 mm` },
  marks: { label: msg`Handling marks for each box, A5` },
  manifest: { label: msg`Packing list` },
  guidance: { label: msg`Packing guidance` },
  device: { label: msg`Device labels, 60 × 40 mm` },
  sheet: { label: msg`Device labels on A4 sheets` },
  report: { label: msg`Inspection or refusal report, A4` },
  quote: { label: msg`Quote, A4` },
  receipt: { label: msg`Payment receipt, A4` },
} satisfies Record<string, Term>;

export type DocumentKind = keyof typeof documents;

export const isDocument = (value: string): value is DocumentKind => value in documents;

/** Documents in one language: on the others Chinese stands beside it. */
export const isOneLanguage = (document: DocumentKind): boolean => ["guidance", "report", "quote", "receipt"].includes(document);

/** The paper that a document needs: a printer is chosen once for each. */
export const papers = {
  large: { label: msg`Labels, 100 × 150 mm` },
  small: { label: msg`Labels, 60 × 40 mm` },
  sheet: { label: msg`Paper and sheets` },
} satisfies Record<string, Term>;

export type Paper = keyof typeof papers;

export const paperOf = (document: DocumentKind): Paper =>
  document === "box" ? "large" : document === "device" ? "small" : "sheet";

/** Documents whose labels are counted: a second one needs a reason. */
export const isCounted = (document: DocumentKind): boolean => document === "box" || document === "device" || document === "sheet";

/** The languages that labels and papers are written in, each by its own name. */
export const paperLanguages = [
  { value: "en", label: "English" },
  { value: "zh-CN", label: "简体中文" },
  { value: "ru", label: "Русский" },
  { value: "es", label: "Español" },
  { value: "ar", label: "العربية" },
];

/** The sheets of labels that are sold, and plain paper to cut. */
export const stocks: Record<string, Term> = {
  a4_small_18: { label: msg`Plain A4, to cut: 18 labels` },
  a4_64x46_18: { label: msg`A4 stickers, 64 × 46 mm: 18 labels` },
  a4_99x68_8: { label: msg`A4 stickers, 99 × 68 mm: 8 labels` },
  letter_small_18: { label: msg`Plain Letter, to cut: 18 labels` },
  letter_4x2_10: { label: msg`Letter stickers, 4 × 2 in: 10 labels` },
  letter_4x3_6: { label: msg`Letter stickers, 4 × 3⅓ in: 6 labels` },
};

/** Why a label is printed again. */
export const whys = {
  damaged: { label: msg`The label was damaged` },
  lost: { label: msg`The label was lost` },
  misprint: { label: msg`It came out wrong` },
  repacked: { label: msg`The box was packed anew` },
} satisfies Record<string, Term>;

/** Where a print job stands. */
export const jobStates: Record<string, Term & { tone: "quiet" | "ok" | "warn" | "error" | "info" }> = {
  queued: { label: msg`Waiting`, tone: "quiet" },
  sending: { label: msg`Printing`, tone: "info" },
  sent: { label: msg`Sent`, tone: "ok" },
  failed: { label: msg`Failed`, tone: "error" },
  cancelled: { label: msg`Cancelled`, tone: "warn" },
};
