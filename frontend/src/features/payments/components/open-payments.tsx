import { Trans } from "@lingui/react/macro";
import { IconCoins } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { stageTerms } from "@/shared/i18n/terms";
import { EmptyState } from "@/shared/ui/empty-state";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant, MoneyText } from "@/shared/ui/text";

import { paymentQueries } from "../queries";

/** The work orders with money owed, or a voucher under review. */
export function OpenPayments() {
  const open = useQuery(paymentQueries.open());
  return (
    <QueryView query={open}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState icon={IconCoins} title={<Trans>Nothing to pay</Trans>}>
            <Trans>When you accept a quote, what is owed and to whom stands here.</Trans>
          </EmptyState>
        ) : (
          <Card>
            <ul className="lines">
              {rows.map((row) => (
                <li key={row.id} className="line">
                  <Link href={`/pay/${row.id}`} className="line-link strong">
                    <Code>{row.number}</Code> {row.customer}
                  </Link>
                  <span className="grow" />
                  <TermTag of={stageTerms} value={row.stage} />
                  {row.due.map((money) => (
                    <span key={money.currency} className="strong">
                      <MoneyText value={money} />
                    </span>
                  ))}
                  <Instant value={row.updated} brief />
                </li>
              ))}
            </ul>
          </Card>
        )
      }
    </QueryView>
  );
}
