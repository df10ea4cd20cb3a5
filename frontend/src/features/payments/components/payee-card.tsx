import { Trans, useLingui } from "@lingui/react/macro";

import { payMethodTerms, tTerm } from "@/shared/i18n/terms";
import { formatMoney, plainAmount } from "@/shared/lib/money";

import type { PayDue, Payee } from "../api";
import { CopyField } from "./copy-field";

/** A long number is compared in groups of four; one that has its own groups keeps them. */
export const inFours = (account: string): string =>
  /^[\dA-Za-z]{12,}$/.test(account.replace(/\s/g, "")) ? account.replace(/\s/g, "").replace(/(.{4})(?=.)/g, "$1 ") : account;

/** To whom, how much, and what the transfer must carry. */
export function PayeeCard({ due, payee, locked = false }: { due: PayDue; payee: Payee; locked?: boolean }) {
  const { t } = useLingui();
  return (
    <div className="payee">
      <h3>{tTerm(payMethodTerms, payee.method)}</h3>
      <dl className="facts pay-facts">
        <CopyField locked={locked} label={t`Amount`} value={plainAmount(due.amount)}>
          {formatMoney(due.amount)}
        </CopyField>
        <CopyField locked={locked} label={t`Reference`} value={due.reference} />
        {payee.network !== undefined && payee.network !== "" && (
          <>
            <dt>
              <Trans>Network</Trans>
            </dt>
            <dd className="strong">{payee.network}</dd>
          </>
        )}
        <CopyField locked={locked} label={t`Payee`} value={payee.name} />
        <CopyField locked={locked} label={payee.method === "bank_transfer" ? t`Account` : t`Address`} value={payee.account}>
          {inFours(payee.account)}
        </CopyField>
        {payee.bank !== undefined && payee.bank !== "" && <CopyField locked={locked} label={t`Bank`} value={payee.bank} />}
        {payee.swift !== undefined && payee.swift !== "" && <CopyField locked={locked} label={t`SWIFT`} value={payee.swift} />}
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
