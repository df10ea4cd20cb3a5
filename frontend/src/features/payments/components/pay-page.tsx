import "./payments.css";

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCoins } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";

import { tCode } from "@/shared/i18n/t-error";
import { deadlineTerms, payMethodTerms, paymentTerms, stageTerms, tTerm } from "@/shared/i18n/terms";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { StoredFiles } from "@/shared/ui/stored-files";
import { Notice, Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Day, Instant, MoneyText } from "@/shared/ui/text";
import { RuleMark, Why } from "@/shared/ui/why";

import { type PayDue, type Payment, payments, type PaySheet } from "../api";
import { paymentQueries } from "../queries";
import { AskForPage, CheckoutCard, hasPage } from "./checkout-card";
import { PayeeCard } from "./payee-card";
import { VoucherForm } from "./voucher-form";

/** What a work order owes, to whom, and where each payment stands. */
export function PayPage({ order }: { order: string }) {
  const sheet = useQuery(paymentQueries.sheet(order));
  return <QueryView query={sheet}>{(data) => <Sheet order={order} sheet={data} />}</QueryView>;
}

/** The payment to send again under its own id: it was turned down, and pays for the same quotes. */
function again(sheet: PaySheet, due: PayDue): string | undefined {
  if (due.payment !== "") return due.payment;
  const same = (payment: Payment) => payment.quotes.length === due.quotes.length && payment.quotes.every((quote) => due.quotes.includes(quote));
  return sheet.payments.find((payment) => ["method_chosen", "rejected", "expired"].includes(payment.status) && same(payment))?.id;
}

function Sheet({ order, sheet }: { order: string; sheet: PaySheet }) {
  return (
    <>
      <div className="line">
        <Link href={`/orders/${order}`} className="line-link strong">
          <Code>{sheet.order.number}</Code>
        </Link>
        <TermTag of={stageTerms} value={sheet.order.stage} />
        {sheet.order.reference !== "" && <Tag tone="quiet">{sheet.order.reference}</Tag>}
      </div>
      {sheet.payee_changed && <PayeeChanged order={order} />}
      {sheet.hold.map((hold, index) => (
        <Notice key={index} tone="warn">
          {tTerm(deadlineTerms, hold.kind)}: <Day value={hold.date} />. {tCode(hold.consequence, hold.why.inputs)} <Why why={hold.why} />
        </Notice>
      ))}
      {sheet.due.length === 0 && sheet.payments.length === 0 && (
        <EmptyState icon={IconCoins} title={<Trans>Nothing to pay</Trans>}>
          <Trans>Accept a quote first; then the amount and the payee stand here.</Trans>
        </EmptyState>
      )}
      {sheet.payments.filter(hasPage).map((payment) => (
        <CheckoutCard key={payment.id} payment={payment} />
      ))}
      {sheet.due.map((due) => (
        <Card
          key={due.payment || due.amount.currency}
          title={
            <>
              <Trans>To pay:</Trans> <MoneyText value={due.amount} />{" "}
              <span className="muted">
                <Plural value={due.quotes.length} one="for # device" other="for # devices" />
              </span>
            </>
          }
        >
          {due.arrived.amount > 0 && (
            <Notice tone="warn">
              <Trans>
                <MoneyText value={due.arrived} /> of <MoneyText value={due.whole} /> arrived. Send the rest with the same
                reference, and its voucher here.
              </Trans>
            </Notice>
          )}
          {sheet.checkout && due.arrived.amount === 0 && <AskForPage order={order} due={due} again={again(sheet, due)} payments={sheet.payments} />}
          <div className="payees">
            {due.payees.map((payee) => (
              <PayeeCard key={`${payee.method}:${payee.account}`} due={due} payee={payee} locked={sheet.payee_changed} />
            ))}
          </div>
          <VoucherForm order={order} due={due} again={again(sheet, due)} disabled={sheet.payee_changed} />
        </Card>
      ))}
      {sheet.payments.length > 0 && (
        <Card title={<Trans>Payments</Trans>}>
          <ul className="lines">
            {sheet.payments.map((payment) => (
              <PaymentLine key={payment.id} payment={payment} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

/** Look-alike payees are this field's main fraud: nothing is paid before a person has asked the centre. */
function PayeeChanged({ order }: { order: string }) {
  const client = useQueryClient();
  const trust = useMutation({
    mutationFn: () => payments.trustPayee(order),
    onSuccess: (sheet) => client.setQueryData(paymentQueries.sheet(order).queryKey, sheet),
  });
  return (
    <Notice tone="error" role="alert">
      <p className="strong">
        <Trans>The payee is not the one you paid last time.</Trans>
      </p>
      <p>
        <Trans>Do not pay yet. Ask the centre by a telephone number that you had before, and read the account to each other.</Trans>
      </p>
      <Button color="red.8" onClick={() => trust.mutate()} disabled={trust.isPending}>
        <Trans>I have asked: this payee is right</Trans>
      </Button>
      {trust.error && <ErrorNotice error={trust.error} />}
    </Notice>
  );
}

function PaymentLine({ payment }: { payment: Payment }) {
  const { t } = useLingui();
  return (
    <li className="line">
      <span className="strong">
        <MoneyText value={payment.amount} />
      </span>
      <span className="muted">{tTerm(payMethodTerms, payment.method)}</span>
      <TermTag of={paymentTerms} value={payment.status} />
      <Code>{payment.reference}</Code>
      <span className="grow">{payment.reason !== undefined && payment.reason !== "" && t`Reason: ${payment.reason}`}</span>
      {payment.received.amount !== 0 && payment.received.amount !== payment.amount.amount && (
        <span>
          <Trans>Arrived:</Trans> <MoneyText value={payment.received} />
        </span>
      )}
      {payment.status === "overpaid" && (
        <span className="muted">
          <Trans>The centre gives the excess back, or writes to you about it.</Trans>
        </span>
      )}
      {(payment.refunds ?? []).map((refund) => (
        <span key={refund.at} className="line">
          <Trans>Given back:</Trans> <MoneyText value={refund.amount} /> <Instant value={refund.at} />
          <span className="muted">{refund.reason}</span>
          {refund.tx_id !== undefined && refund.tx_id !== "" && <Code>{refund.tx_id}</Code>}
          <StoredFiles files={refund.proof} />
        </span>
      ))}
      {payment.voucher_sent_at !== undefined && payment.voucher_sent_at !== "" && (
        <span className="muted">
          <RuleMark rule="R39" /> {payment.method === "crypto_checkout" ? <Trans>Payment seen</Trans> : <Trans>Voucher sent</Trans>}{" "}
          <Instant value={payment.voucher_sent_at} />
        </span>
      )}
      {payment.receipt_number !== undefined && payment.receipt_number !== "" && (
        <span className="muted">
          <Trans>Receipt</Trans> <Code>{payment.receipt_number}</Code>
        </span>
      )}
      <StoredFiles files={payment.vouchers} />
    </li>
  );
}
