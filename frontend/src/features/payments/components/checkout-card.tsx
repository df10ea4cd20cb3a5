import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";

import { openInBrowser } from "@/shared/bridge/runtime";
import { tCode } from "@/shared/i18n/t-error";
import { payMethodTerms, paymentTerms, tTerm } from "@/shared/i18n/terms";
import { formatMoney, plainAmount } from "@/shared/lib/money";
import { useNowUntil } from "@/shared/lib/use-now";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { MoneyText } from "@/shared/ui/text";

import { type PayDue, type Payment, payments } from "../api";
import { paymentQueries } from "../queries";
import { CopyField } from "./copy-field";

/** A payment whose page is coming, open, or waits for somebody. */
export const hasPage = (payment: Payment): boolean =>
  payment.method === "crypto_checkout" &&
  ["method_chosen", "waiting", "seen", "expired", "late", "underpaid", "under_review"].includes(payment.status);

interface AskForPageProps {
  order: string;
  due: PayDue;
  /** The payment to go on with under the same id. */
  again?: string;
  payments: Payment[];
}

/** Asks the centre for a page on which the whole sum is paid. */
export function AskForPage({ order, due, again, payments: known }: AskForPageProps) {
  const before = known.find((payment) => payment.id === again && payment.method === "crypto_checkout");
  const ask = useMutation({
    mutationFn: () =>
      payments.choosePage(order, { id: again ?? crypto.randomUUID(), quotes: due.quotes, amount: due.whole, method: "crypto_checkout" }),
  });
  if (before?.status === "method_chosen") return null; // it is coming
  return (
    <div className="ask-for-page">
      <h3>{tTerm(payMethodTerms, "crypto_checkout")}</h3>
      <p className="muted">
        <Trans>The centre makes a page for exactly this amount. It is open for a short time, so ask for it when you are ready to pay.</Trans>
      </p>
      <Button variant="default" disabled={ask.isPending || ask.isSuccess} onClick={() => ask.mutate()}>
        {before?.status === "expired" ? <Trans>Ask for a new payment page</Trans> : <Trans>Ask for a payment page</Trans>}
      </Button>
      {ask.error && <ErrorNotice error={ask.error} />}
    </div>
  );
}

/** Where the payment on a page stands, and what to do next. */
export function CheckoutCard({ payment }: { payment: Payment }) {
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
        {payment.status === "waiting" && payment.checkout && <OpenPage payment={payment} link={payment.checkout.link} until={payment.checkout.expires_at} />}
        <p>
          <NextStep payment={payment} />
        </p>
        {["method_chosen", "waiting", "seen"].includes(payment.status) && payment.checkout_trouble !== undefined && payment.checkout_trouble !== "" && (
          <Notice tone="warn">{tCode(payment.checkout_trouble, {})}</Notice>
        )}
      </div>
    </Card>
  );
}

function NextStep({ payment }: { payment: Payment }) {
  switch (payment.status) {
    case "method_chosen":
      return <Trans>The centre is preparing the payment page. It appears here by itself.</Trans>;
    case "waiting":
      return <Trans>Pay the whole amount at once, before the time is over. Nothing needs to be sent in: the payment is seen by itself.</Trans>;
    case "seen":
      return <Trans>Your payment was seen. It counts when the network has confirmed it; that may take an hour. Do not pay again.</Trans>;
    case "expired":
      return <Trans>The page has expired: do not pay on it any more. Ask for a new one, or pay in another way.</Trans>;
    case "late":
      return <Trans>Your money came after the page had expired. Nothing is lost: the office looks at it. Do not pay again.</Trans>;
    case "underpaid":
      return <Trans>Less than the amount arrived. The office looks at it; you may also send the rest in another way, with its voucher.</Trans>;
    default:
      return <Trans>The payment was seen, but the network did not confirm it. The office looks at it. Do not pay again.</Trans>;
  }
}

function OpenPage({ payment, link, until }: { payment: Payment; link: string; until: string }) {
  const { t } = useLingui();
  const left = Math.max(0, Math.ceil((new Date(until).getTime() - useNowUntil(until)) / 1000));
  const clock = `${String(Math.floor(left / 60))}:${String(left % 60).padStart(2, "0")}`;
  return (
    <div className="checkout-page">
      <div className="stack">
        <dl className="facts pay-facts">
          <CopyField label={t`Amount`} value={plainAmount(payment.amount)}>
            {formatMoney(payment.amount)}
          </CopyField>
          <dt>
            <Trans>Time left</Trans>
          </dt>
          <dd className="strong">{left > 0 ? <span role="timer">{clock}</span> : <Trans>over</Trans>}</dd>
        </dl>
        <div className="line">
          <Button disabled={left === 0} leftSection={<IconExternalLink size={16} aria-hidden />} onClick={() => openInBrowser(link)}>
            <Trans>Open the payment page</Trans>
          </Button>
        </div>
      </div>
      {left > 0 && <PhoneCode link={link} />}
    </div>
  );
}

/** The page for a wallet that is on a phone. */
function PhoneCode({ link }: { link: string }) {
  const { t } = useLingui();
  const code = useQuery(paymentQueries.pageCode(link));
  if (!code.data) return null;
  const around = code.data.size + 8;
  return (
    <svg className="page-code" role="img" aria-label={t`Code of the payment page, for a phone`} viewBox={`-4 -4 ${around} ${around}`} shapeRendering="crispEdges">
      <rect x={-4} y={-4} width={around} height={around} fill="#fff" />
      <path d={code.data.path} fill="#000" />
    </svg>
  );
}
