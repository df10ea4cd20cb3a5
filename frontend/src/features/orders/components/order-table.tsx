import { Trans, useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";

import type { OrderRow } from "@/shared/bridge/models";
import { markTerms, stageTerms } from "@/shared/i18n/terms";
import { Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Day, Instant, MoneyText } from "@/shared/ui/text";

interface OrderTableProps {
  rows: OrderRow[];
  total: number;
  /** Fetches the next page, when there is one and none is on its way. */
  more: (() => void) | undefined;
}

const rowHeight = 40;

export const orderPath = (row: OrderRow): string => (row.draft ? `/drafts/${row.id}` : `/orders/${row.id}`);

/** Plain rows in a window of their own: a thousand work orders scroll as lightly as ten. */
export function OrderTable({ rows, total, more }: OrderTableProps) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 20) more?.();
  }, [last, rows.length, more]);

  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }[event.key];
    const here = (event.target as HTMLElement).closest<HTMLElement>("[data-index]")?.dataset.index;
    if (step === undefined || here === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(Number(here) + step, 0), rows.length - 1);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus({ preventScroll: true }),
    );
  };

  return (
    <div className="orders" role="table" aria-label={t`Work orders`} aria-rowcount={total + 1} onKeyDown={walk}>
      <div role="rowgroup">
        <div role="row" className="orders-row orders-head" aria-rowindex={1}>
          <span role="columnheader"><Trans>Number</Trans></span>
          <span role="columnheader"><Trans>Customer</Trans></span>
          <span role="columnheader" className="end"><Trans>Devices</Trans></span>
          <span role="columnheader"><Trans>Stage</Trans></span>
          <span role="columnheader"><Trans>Deadline</Trans></span>
          <span role="columnheader" className="end"><Trans>Due</Trans></span>
          <span role="columnheader"><Trans>Here or sent</Trans></span>
          <span role="columnheader" className="end"><Trans>Updated</Trans></span>
        </div>
      </div>
      <div role="rowgroup" className="orders-body" ref={scroller} tabIndex={-1} data-pane>
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {items.map((item) => {
            const row = rows[item.index]!;
            return (
              <div
                key={row.id}
                role="row"
                aria-rowindex={item.index + 2}
                data-index={item.index}
                className="orders-row"
                style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
                onClick={() => navigate(orderPath(row))}
              >
                <span role="cell">
                  <Link href={orderPath(row)} onClick={(event) => event.stopPropagation()}>
                    {row.number ? <Code>{row.number}</Code> : row.reference || t`Draft`}
                  </Link>
                </span>
                <span role="cell" title={row.reference}>
                  {row.customer || "–"}
                  {row.number && row.reference && <span className="muted"> · {row.reference}</span>}
                </span>
                <span role="cell" className="end num">{row.devices}</span>
                <span role="cell" className="tagged"><TermTag of={stageTerms} value={row.stage} /></span>
                <span role="cell" className="tagged">{row.deadline ? <DeadlineTag row={row} /> : <span className="muted">–</span>}</span>
                <span role="cell" className="end">
                  {(row.due ?? []).length === 0 ? (
                    <span className="muted">–</span>
                  ) : (
                    row.due.map((money) => <MoneyText key={money.currency} value={money} />)
                  )}
                </span>
                <span role="cell" className="tagged"><TermTag of={markTerms} value={row.sync} /></span>
                <span role="cell" className="end muted"><Instant value={row.updated} brief /></span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function DeadlineTag({ row }: { row: OrderRow }) {
  const tone = row.days_left <= 3 ? "error" : row.days_left <= 14 ? "warn" : "quiet";
  return (
    <Tag tone={tone}>
      <Day value={row.deadline} />
    </Tag>
  );
}
