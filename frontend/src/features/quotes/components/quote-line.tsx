import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";

import { classTerms, commandTerms, quoteTerms, tTerm } from "@/shared/i18n/terms";
import { Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Day, MoneyText } from "@/shared/ui/text";
import { RuleMark, Why } from "@/shared/ui/why";

import type { QuoteRow } from "../api";
import { type Answer, offers } from "../choice";

interface QuoteLineProps {
  row: QuoteRow;
  answer: Answer | undefined;
  active: boolean;
  /** It is where the keyboard enters the list. */
  first: boolean;
  onAnswer: (answer: Answer | undefined) => void;
  onFocus: () => void;
}

const open = "open";

/** One device: what was found, what it costs and why, and the answers that the rules offer. */
export function QuoteLine({ row, answer, active, first, onAnswer, onFocus }: QuoteLineProps) {
  const { t } = useLingui();
  const { device, quote } = row;
  const choices = [{ value: open, label: t`Not yet` }];
  if (offers(row, "accept")) choices.push({ value: "accept", label: t`Accept` });
  if (offers(row, "decline")) choices.push({ value: "decline", label: t`Decline` });
  return (
    <article
      className="quote"
      aria-label={device.serial}
      tabIndex={active || first ? 0 : -1}
      data-active={active || undefined}
      data-quote={quote.id}
      onFocus={onFocus}
    >
      <div className="quote-device">
        <Code>{device.serial}</Code>
        <span className="muted">{device.model}</span>
        <TermTag of={classTerms} value={quote.class} />
      </div>
      <div className="quote-found">
        {device.inspection?.findings}
        <ul className="quote-lines">
          {quote.lines.map((line, index) => (
            <li key={index}>
              <span className="grow">{line.text}</span>
              <MoneyText value={line.amount} />
            </li>
          ))}
        </ul>
        {quote.note !== undefined && quote.note !== "" && <div className="muted">{quote.note}</div>}
        {(row.earlier ?? []).length > 0 && (
          <div className="small muted">
            <Trans>Replaces an earlier quote of</Trans> <MoneyText value={row.earlier.at(-1)!.total} />
          </div>
        )}
      </div>
      <div className="quote-price">
        <span>
          <span className="strong">
            <MoneyText value={quote.total} />
          </span>{" "}
          <Why why={row.why} />
        </span>
        {quote.valid_until !== undefined && quote.valid_until !== "" && (
          <span className="small muted">
            <Trans>Valid until</Trans> <Day value={quote.valid_until} />
          </span>
        )}
      </div>
      <div className="quote-answer">
        {row.pending !== "" ? (
          <Tag tone="warn">
            {tTerm(commandTerms, row.pending)} · <Trans>waiting</Trans>
          </Tag>
        ) : row.acceptable || row.declinable ? (
          <>
            <div className="answers" role="radiogroup" aria-label={t`Answer for ${device.serial}`}>
              {choices.map(({ value, label }) => (
                <label key={value} data-answer={value}>
                  <input
                    type="radio"
                    name={`answer-${quote.id}`}
                    checked={(answer ?? open) === value}
                    onChange={() => onAnswer(value === open ? undefined : (value as Answer))}
                  />
                  {label}
                </label>
              ))}
            </div>
            {row.declinable ? (
              <span className="small muted">
                <RuleMark rule={row.rule} /> <Trans>Declined, it comes home unrepaired.</Trans>
              </span>
            ) : (
              <span className="small muted">
                <RuleMark rule="R32" /> <Trans>A normal quote cannot be declined.</Trans>{" "}
                <Link href={`/orders/${device.work_order}/messages`}>
                  <Trans>Contact the office</Trans>
                </Link>
              </span>
            )}
          </>
        ) : (
          <TermTag of={quoteTerms} value={quote.status} />
        )}
      </div>
    </article>
  );
}
