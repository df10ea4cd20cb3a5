import "./orders.css";

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { IconClipboardList, IconSearch, IconX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useSearchParams } from "wouter";

import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorNotice } from "@/shared/ui/errors";
import { Skeleton } from "@/shared/ui/skeleton";
import { Code, Keys } from "@/shared/ui/text";

import { type OrderFilter, orderQueries } from "../queries";
import { OrderTable } from "./order-table";
import { StageFilter } from "./stage-filter";

interface OrdersListProps {
  /** What a person may start when the list is empty. */
  emptyAction?: React.ReactNode;
  onShown?: (count: number) => void;
}

/** Work orders and drafts: one box that takes words, a serial, a waybill or a pasted list of serials. */
export function OrdersList({ emptyAction, onShown }: OrdersListProps) {
  const { t } = useLingui();
  const [params, setParams] = useSearchParams();
  const [text, setText] = useState(params.get("q") ?? "");
  const box = useRef<HTMLInputElement>(null);
  const filter: OrderFilter = {
    text: useDeferredValue(text.trim()),
    mine: params.get("show") ?? "",
    stages: params.get("stage")?.split(",") ?? [],
  };
  const query = useInfiniteQuery(orderQueries.list(filter));
  const first = query.data?.pages[0];
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const filtered = filter.text !== "" || filter.mine !== "" || filter.stages.length > 0;

  useHotkeys([{ keys: "mod+f", label: t`Filter this list`, group: "page", run: () => box.current?.select() }]);
  useEffect(() => {
    if (first) onShown?.(first.total);
  }, [first, onShown]);

  const choose = (change: Partial<Pick<OrderFilter, "mine" | "stages">>) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        const set = (key: string, value: string) => (value === "" ? next.delete(key) : next.set(key, value));
        if (change.mine !== undefined) set("show", change.mine);
        if (change.stages !== undefined) set("stage", change.stages.join(","));
        return next;
      },
      { replace: true },
    );

  return (
    <>
      <StageFilter filter={filter} counts={first?.counts ?? {}} onChange={choose} />
      <TextInput
        ref={box}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onPaste={(event) => {
          // A single-line field would glue the lines of a pasted column together.
          const pasted = event.clipboardData.getData("text/plain");
          if (!/[\r\n\t]/.test(pasted)) return;
          event.preventDefault();
          setText(pasted.trim().split(/[\s,;]+/).join(" "));
        }}
        placeholder={t`Words, a serial, a waybill – or paste a list of serials`}
        aria-label={t`Filter this list`}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        rightSectionWidth={text === "" ? 62 : 32}
        rightSection={
          text === "" ? (
            <Keys combo="mod+f" />
          ) : (
            <button type="button" className="icon-button" aria-label={t`Clear the filter`} onClick={() => setText("")}>
              <IconX size={14} aria-hidden />
            </button>
          )
        }
      />
      {first !== undefined && first.asked > 0 && (
        <div className="small" role="status">
          <Plural
            value={first.asked}
            one={<span>{first.found} of # serial found</span>}
            other={<span>{first.found} of # serials found</span>}
          />
          {first.unknown.length > 0 && (
            <>
              {" · "}
              <Trans>unknown:</Trans> <Code>{first.unknown.slice(0, 8).join(" ")}</Code>
              {first.unknown.length > 8 && " …"}
            </>
          )}
        </div>
      )}
      {query.error && <ErrorNotice error={query.error} />}
      {query.isPending ? (
        <Skeleton rows={8} height={30} />
      ) : rows.length > 0 ? (
        <OrderTable
          rows={rows}
          total={first?.total ?? rows.length}
          more={query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined}
        />
      ) : !query.error && filtered ? (
        <EmptyState
          icon={IconSearch}
          title={<Trans>Nothing matches this filter</Trans>}
          action={
            <Button
              variant="default"
              onClick={() => {
                setText("");
                choose({ mine: "", stages: [] });
              }}
            >
              <Trans>Show all</Trans>
            </Button>
          }
        />
      ) : (
        !query.error && (
          <EmptyState icon={IconClipboardList} title={<Trans>No work orders yet</Trans>} action={emptyAction}>
            <Trans>A work order lists the machines you want repaired and where they should come back to.</Trans>
          </EmptyState>
        )
      )}
    </>
  );
}
