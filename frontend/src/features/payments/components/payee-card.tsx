import { Trans, useLingui } from "@lingui/react/macro";

import { payMethodTerms, tTerm } from "@/shared/i18n/terms";
import { formatMoney, minorDigits } from "@/shared/lib/money";

import type { PayDue, Payee } from "../api";
import { CopyField } from "./copy-field";

/** The plain decimal figure a bank's form takes: no separators. */
export function plainAmount({ amount, currency }: PayDue["amount"]): string {
  const digits = minorDigits(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** To whom, how much, and what the transfer must carry. */
export function PayeeCard({ due, payee }: { due: PayDue; payee: Payee }) {
  const { t } = useLingui();
  return (
    <div className="payee">
      <h3>{tTerm(payMethodTerms, payee.method)}</h3>
      <dl className="facts">
        <CopyField label={t`Amount`} value={plainAmount(due.amount)}>
          {formatMoney(due.amount)}
        </CopyField>
        <CopyField label={t`Reference`} value={due.reference} />
        {payee.network !== undefined && payee.network !== "" && (
          <>
            <dt>
              <Trans>Network</Trans>
            </dt>
            <dd className="strong">{payee.network}</dd>
          </>
        )}
        <CopyField label={t`Payee`} value={payee.name} />
        <CopyField label={payee.method === "bank_transfer" ? t`Account` : t`Address`} value={payee.account}>
          {payee.account.replace(/\s/g, "").replace(/(.{4})(?=.)/g, "$1 ")}
        </CopyField>
        {payee.bank !== undefined && payee.bank !== "" && <CopyField label={t`Bank`} value={payee.bank} />}
        {payee.swift !== undefined && payee.swift !== "" && <CopyField label={t`SWIFT`} value={payee.swift} />}
      </dl>
      {payee.method === "bank_transfer" ? (
        <ul className="hints">
          <li>
            <Trans>Choose charges OUR: the whole amount must arrive.</Trans>
          </li>
          <li>
            <Trans>Write the reference exactly as it stands here, and nothing about mining or coins.</Trans>
          </li>
          <li>
            <Trans>Pay the whole amount in one transfer.</Trans>
          </li>
        </ul>
      ) : (
        <ul className="hints">
          <li>
            <Trans>Send only over the network named above: on another one the money is lost.</Trans>
          </li>
          <li>
            <Trans>Compare the first and the last six characters of the address in your wallet.</Trans>
          </li>
        </ul>
      )}
      {payee.hint !== undefined && payee.hint !== "" && <p className="muted">{payee.hint}</p>}
    </div>
  );
}
