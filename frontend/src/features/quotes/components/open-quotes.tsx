import { Plural, Trans } from "@lingui/react/macro";
import { IconReceipt2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { stageTerms } from "@/shared/i18n/terms";
import { EmptyState } from "@/shared/ui/empty-state";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant } from "@/shared/ui/text";

import { quoteQueries } from "../queries";

/** The work orders with quotes to answer. */
export function OpenQuotes() {
  const open = useQuery(quoteQueries.open());
  return (
    <QueryView query={open}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState icon={IconReceipt2} title={<Trans>No quotes to answer</Trans>}>
            <Trans>When the centre has inspected a device that costs money, its quote stands here.</Trans>
          </EmptyState>
        ) : (
          <Card>
            <ul className="lines">
              {rows.map((row) => (
                <li key={row.id} className="line">
                  <Link href={`/orders/${row.id}/quote`} className="line-link strong">
                    <Code>{row.number}</Code> {row.customer}
                  </Link>
                  <span className="grow muted">
                    <Plural value={row.devices} one="# device" other="# devices" />
                  </span>
                  {row.reference !== "" && <Tag tone="quiet">{row.reference}</Tag>}
                  <TermTag of={stageTerms} value={row.stage} />
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
