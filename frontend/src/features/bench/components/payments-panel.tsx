import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";

import { tCode } from "@/shared/i18n/t-error";
import { checkoutTerms, payMethodTerms, paymentTerms, tTerm } from "@/shared/i18n/terms";
import { parseMoney } from "@/shared/lib/money";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { StoredFiles } from "@/shared/ui/stored-files";
import { Notice } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant, MoneyText } from "@/shared/ui/text";
import { RuleMark } from "@/shared/ui/why";

import type { Payment } from "../api";
import { benchQueries, useDeed } from "../queries";
import { CaseHead, offered } from "./case-head";
import { GiveBack } from "./give-back";

/** Vouchers to compare with the bank statement. */
export function PaymentsPanel({ order }: { order: string }) {
  const view = useQuery(benchQueries.order(order));
  return (
    <QueryView query={view}>
      {(data) => {
        const may = offered(data, "decide_payment")?.payments ?? [];
        // Once some went back another form stands there: nothing typed goes back twice.
        const backs = data.refundable.map((back) => ({ ...back, key: `${back.payment} ${back.excess.amount} ${back.all.amount}` }));
        return (
          <>
            <CaseHead view={data} />
            {may.length === 0 && (
              <Notice tone="info">
                <Trans>There is no voucher that you may decide on. Payments are confirmed by the office.</Trans>
              </Notice>
            )}
            {data.payments.filter((payment) => payment.checkout !== undefined || (payment.earlier_checkouts ?? []).length > 0).map((payment) => (
              <Pages key={payment.id} payment={payment} />
            ))}
            {data.payments
              .filter((payment) => may.includes(payment.id))
              .map((payment) => (
                <Fragment key={payment.id}>
                  {["voucher_sent", "under_review", "underpaid", "late"].includes(payment.status) && <Review order={order} payment={payment} />}
                  {backs
                    .filter((back) => back.payment === payment.id)
                    .map(({ key, ...back }) => (
                      <GiveBack key={key} order={order} back={back} reference={payment.reference} />
                    ))}
                </Fragment>
              ))}
          </>
        );
      }}
    </QueryView>
  );
}

/** What the payment server says of each page that a payment has had. */
function Pages({ payment }: { payment: Payment }) {
  const pages = [...(payment.checkout ? [payment.checkout] : []), ...(payment.earlier_checkouts ?? [])];
  return (
    <Card
      title={
        <>
          <Trans>Payment pages</Trans> · <Code>{payment.reference}</Code>
        </>
      }
      actions={<TermTag of={paymentTerms} value={payment.status} />}
    >
      <ul className="lines">
        {pages.map((page) => (
          <li key={page.invoice} className="line">
            <Code>{page.invoice}</Code>
            <TermTag of={checkoutTerms} value={page.status} />
            <span className="grow" />
            {page.arrived.amount > 0 && (
              <span>
                <Trans>Arrived:</Trans> <MoneyText value={page.arrived} />
              </span>
            )}
            <span className="muted">
              <Trans>open until</Trans> <Instant value={page.expires_at} />
            </span>
          </li>
        ))}
      </ul>
      {payment.checkout_trouble !== undefined && payment.checkout_trouble !== "" && <Notice tone="warn">{tCode(payment.checkout_trouble, {})}</Notice>}
    </Card>
  );
}

function Review({ order, payment }: { order: string; payment: Payment }) {
  const { t } = useLingui();
  const { currency } = payment.amount;
  const deed = useDeed(order);
  const [received, setReceived] = useState("");
  const [reason, setReason] = useState("");
  const amount = received.trim() === "" ? undefined : parseMoney(received, currency);
  const decide = (status: string, arrived: number) =>
    deed.mutate({
      kind: "decide_payment",
      payment_decision: {
        payment: payment.id,
        status,
        received: { amount: arrived, currency },
        refund: { amount: 0, currency: "" },
        reason: reason.trim(),
      },
    });
  const exact = amount === undefined || amount === payment.amount.amount;
  const differs = amount !== undefined && !exact ? (amount < payment.amount.amount ? "underpaid" : "overpaid") : undefined;
  return (
    <Card
      title={
        <>
          <MoneyText value={payment.amount} /> · {tTerm(payMethodTerms, payment.method)}
        </>
      }
      actions={<TermTag of={paymentTerms} value={payment.status} />}
    >
      <div className="stack">
        <dl className="facts">
          <dt>
            <Trans>Reference</Trans>
          </dt>
          <dd>
            <Code>{payment.reference}</Code>
          </dd>
          <dt>
            {payment.method === "crypto_checkout" ? <Trans>Payment seen</Trans> : <Trans>Voucher sent</Trans>} <RuleMark rule="R39" />
          </dt>
          <dd>
            <Instant value={payment.voucher_sent_at ?? ""} />
          </dd>
          {payment.received.amount > 0 && (
            <>
              <dt>
                <Trans>Arrived so far</Trans>
              </dt>
              <dd>
                <MoneyText value={payment.received} />
              </dd>
            </>
          )}
          {payment.tx_id !== undefined && payment.tx_id !== "" && (
            <>
              <dt>
                <Trans>Transaction id</Trans>
              </dt>
              <dd>
                <Code>{payment.tx_id}</Code>
              </dd>
            </>
          )}
        </dl>
        <StoredFiles files={payment.vouchers} />
        <TextInput
          label={t`Amount that arrived in all, ${currency}`}
          description={t`Leave it empty when the whole amount arrived.`}
          value={received}
          onChange={(event) => setReceived(event.currentTarget.value)}
          error={received.trim() !== "" && amount === undefined ? t`Not an amount` : undefined}
          inputMode="decimal"
          dir="ltr"
          maw={260}
        />
        <Textarea label={t`Reason, for the customer`} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize />
        {deed.error && <ErrorNotice error={deed.error} />}
        <div className="line">
          <Button size="lg" disabled={!exact || deed.isPending} onClick={() => decide("confirmed", payment.amount.amount)}>
            <Trans>The money is here: confirm</Trans>
          </Button>
          {differs && (
            <Button size="lg" variant="default" disabled={deed.isPending} onClick={() => decide(differs, amount ?? 0)}>
              {differs === "underpaid" ? <Trans>Too little arrived</Trans> : <Trans>Too much arrived</Trans>}
            </Button>
          )}
          {payment.received.amount === 0 && payment.status !== "late" && (
            <Button size="lg" variant="default" disabled={reason.trim() === "" || deed.isPending} onClick={() => decide("rejected", 0)}>
              <Trans>Reject the voucher</Trans>
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}
