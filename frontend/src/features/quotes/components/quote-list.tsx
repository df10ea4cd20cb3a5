import { useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

import type { QuoteRow } from "../api";
import { type Answers, choose, cycle } from "../choice";
import { QuoteLine } from "./quote-line";

interface QuoteListProps {
  rows: readonly QuoteRow[];
  answers: Answers;
  active: string;
  onActive: (quote: string) => void;
  onAnswers: (answers: Answers) => void;
}

/**
 * The quotes of an order, one row a device. Only what is in view is drawn. Arrows
 * walk the rows and Space goes through the answers of the one that has the focus.
 */
export function QuoteList({ rows, answers, active, onActive, onAnswers }: QuoteListProps) {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  // What scrolls is the page: the list starts somewhere below its top.
  const [page, setPage] = useState<{ scroller: HTMLElement | null; margin: number }>({ scroller: null, margin: 0 });
  const wanted = useRef("");
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => page.scroller,
    estimateSize: () => 112,
    overscan: 6,
    scrollMargin: page.margin,
    getItemKey: (index) => rows[index]!.quote.id,
  });
  useEffect(() => {
    setPage({ scroller: list.current?.closest<HTMLElement>("main") ?? null, margin: list.current?.offsetTop ?? 0 });
  }, []);

  const walk = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>("[data-quote]");
    if (row === null || target !== row) return;
    const here = rows.findIndex(({ quote }) => quote.id === row.dataset.quote);
    if (event.key === " ") {
      event.preventDefault();
      onAnswers(cycle(answers, rows[here]!));
      return;
    }
    const next = here + (event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0);
    if (next === here || next < 0 || next >= rows.length) return;
    event.preventDefault();
    wanted.current = rows[next]!.quote.id;
    virtual.scrollToIndex(next, { align: "auto" });
    onActive(wanted.current);
  };
  // The row that the arrows chose takes the focus as soon as it is drawn.
  useEffect(() => {
    if (wanted.current === "") return;
    list.current?.querySelector<HTMLElement>(`[data-quote="${wanted.current}"]`)?.focus();
    wanted.current = "";
  }, [active]);

  return (
    <ul
      ref={list}
      className="quotes card"
      aria-label={t`Quotes`}
      style={{ height: virtual.getTotalSize() + 2 }}
      onKeyDown={walk}
    >
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index]!;
        return (
          <li
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-setsize={rows.length}
            aria-posinset={item.index + 1}
            style={{ transform: `translateY(${item.start - virtual.options.scrollMargin}px)` }}
          >
            <QuoteLine
              row={row}
              answer={answers.get(row.quote.id)}
              active={row.quote.id === active}
              first={active === "" && item.index === 0}
              onAnswer={(answer) => onAnswers(choose(answers, row, answer))}
              onFocus={() => onActive(row.quote.id)}
            />
          </li>
        );
      })}
    </ul>
  );
}
