import "./quotes.css";

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconReceiptOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { stageTerms } from "@/shared/i18n/terms";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { totals } from "@/shared/lib/money";
import { EmptyState } from "@/shared/ui/empty-state";
import { ActionBar } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Keys, MoneyText } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";

import type { QuoteReview as Review } from "../api";
import { acceptAll, type Answer, type Answers, choose, toChoice } from "../choice";
import { quoteQueries } from "../queries";
import { ConfirmChoice } from "./confirm-choice";
import { QuoteList } from "./quote-list";

/** Quotes of one work order, answered device by device (R33). */
export function QuoteReview({ order }: { order: string }) {
  const review = useQuery(quoteQueries.review(order));
  return <QueryView query={review}>{(data) => <Answering order={order} review={data} />}</QueryView>;
}

function Answering({ order, review }: { order: string; review: Review }) {
  const { t } = useLingui();
  const [answers, setAnswers] = useState<Answers>(new Map());
  const [active, setActive] = useState("");
  const [confirming, setConfirming] = useState(false);
  const rows = review.rows;
  const here = rows.find((row) => row.quote.id === active);
  const answerHere = (answer: Answer) => here && setAnswers(choose(answers, here, answer));
  const accepted = rows.filter((row) => answers.get(row.quote.id) === "accept").map((row) => row.quote.total);
  const ready = answers.size > 0;

  useHotkeys([
    { keys: "alt+a", label: t`Accept this quote`, group: "page", run: () => answerHere("accept") },
    { keys: "alt+d", label: t`Decline this quote`, group: "page", run: () => answerHere("decline") },
    { keys: "mod+Enter", label: t`Send answers`, group: "page", run: () => ready && setConfirming(true) },
  ]);

  if (rows.length === 0)
    return (
      <EmptyState icon={IconReceiptOff} title={<Trans>No quotes yet</Trans>}>
        <Trans>The centre quotes after it has inspected a device that is not repaired free of charge.</Trans>
      </EmptyState>
    );

  return (
    <>
      <div className="line">
        <Link href={`/orders/${order}`} className="line-link strong">
          <Code>{review.order.number}</Code>
        </Link>
        <TermTag of={stageTerms} value={review.order.stage} />
        {review.order.reference !== "" && <Tag tone="quiet">{review.order.reference}</Tag>}
        <span className="grow" />
        <span className="small muted">
          <Keys combo="alt+a" /> <Trans>accept</Trans> · <Keys combo="alt+d" /> <Trans>decline</Trans>
        </span>
      </div>
      <QuoteList rows={rows} answers={answers} active={active} onActive={setActive} onAnswers={setAnswers} />
      <ActionBar>
        <span className="muted">
          <Plural value={review.open} one="# quote to answer" other="# quotes to answer" />
          {review.open > 0 && (
            <>
              {" · "}
              <Trans>if all are accepted:</Trans>{" "}
              {review.total_all.map((money) => (
                <MoneyText key={money.currency} value={money} />
              ))}
            </>
          )}
        </span>
        <span className="grow" />
        {accepted.length > 0 && (
          <span className="strong">
            <Trans>Now chosen:</Trans>{" "}
            {totals(accepted).map((money) => (
              <MoneyText key={money.currency} value={money} />
            ))}
          </span>
        )}
        {review.open > 0 && (
          <Button variant="default" onClick={() => setAnswers(acceptAll(answers, rows))}>
            <Trans>Accept all that are open</Trans>
          </Button>
        )}
        <Button disabled={!ready} onClick={() => setConfirming(true)} rightSection={<Keys combo="mod+Enter" />}>
          <Trans>Send answers</Trans>
        </Button>
      </ActionBar>
      {confirming && (
        <ConfirmChoice
          choice={toChoice(order, answers)}
          onSent={() => {
            setConfirming(false);
            setAnswers(new Map());
            toast({ text: <Trans>Your answers are on their way to the centre.</Trans> });
          }}
          onClose={() => setConfirming(false)}
        />
      )}
    </>
  );
}
