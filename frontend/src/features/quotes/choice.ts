import type { QuoteChoice, QuoteRow } from "./api";

export type Answer = "accept" | "decline";

/** What the person has chosen so far, by quote id. Nothing is sent before the sheet is confirmed. */
export type Answers = ReadonlyMap<string, Answer>;

/** Whether Go offers this answer for this row: the screen holds no rule of its own (R31, R32). */
export const offers = (row: QuoteRow, answer: Answer): boolean =>
  row.pending === "" && (answer === "accept" ? row.acceptable : row.declinable);

export function choose(answers: Answers, row: QuoteRow, answer: Answer | undefined): Answers {
  const next = new Map(answers);
  if (answer === undefined) next.delete(row.quote.id);
  else if (offers(row, answer)) next.set(row.quote.id, answer);
  return next;
}

/** Accepts every quote that may be accepted and is not answered yet. */
export function acceptAll(answers: Answers, rows: readonly QuoteRow[]): Answers {
  return rows.reduce((all, row) => (all.has(row.quote.id) ? all : choose(all, row, "accept")), answers);
}

/** Space goes through the answers that are offered, then back to none. */
export function cycle(answers: Answers, row: QuoteRow): Answers {
  const order: (Answer | undefined)[] = [undefined, "accept", "decline"];
  const steps = order.filter((step) => step === undefined || offers(row, step));
  const here = steps.indexOf(answers.get(row.quote.id));
  return choose(answers, row, steps[(here + 1) % steps.length]);
}

export function toChoice(order: string, answers: Answers): QuoteChoice {
  const of = (answer: Answer) => [...answers].filter(([, given]) => given === answer).map(([id]) => id);
  return { order, accept: of("accept"), decline: of("decline") };
}
