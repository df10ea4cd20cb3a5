import "./bench.css";

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconBarcode, IconChecklist } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";

import type { OrderRow } from "@/shared/bridge/models";
import { stageTerms, tTerm } from "@/shared/i18n/terms";
import { useGroundScanner, useScanner } from "@/shared/lib/use-scanner";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorPage } from "@/shared/ui/errors";
import { Skeleton } from "@/shared/ui/skeleton";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";

import { benchQueries } from "../queries";
import { type Stage, stages } from "../stages";
import { OpenStage, useForeignScan } from "../use-foreign-scan";
import { CorrectionsPanel } from "./corrections-panel";
import { DiagnosePanel } from "./diagnose-panel";
import { InspectPanel } from "./inspect-panel";
import { PaymentsPanel } from "./payments-panel";
import { QuotePanel } from "./quote-panel";
import { ReceivePanel } from "./receive-panel";
import { RepairPanel } from "./repair-panel";
import { ShipPanel } from "./ship-panel";
import { UnclaimedPanel } from "./unclaimed-panel";

interface BenchPageProps {
  stage: Stage;
  order: string;
  /** The person may decide what only the office decides. */
  office: boolean;
}

const panels: Record<Exclude<Stage, "receive" | "unclaimed">, (props: { order: string }) => ReactNode> = {
  diagnose: DiagnosePanel,
  corrections: CorrectionsPanel,
  inspect: InspectPanel,
  quote: QuotePanel,
  payments: PaymentsPanel,
  repair: RepairPanel,
  ship: ShipPanel,
};

/** The stages whose open panel takes scans for itself. */
const listening: readonly Stage[] = ["inspect", "quote", "repair", "ship", "receive"];

/** The workshop: what waits at each stage, and the one deed of that stage. */
export function BenchBoard(props: BenchPageProps) {
  return (
    <OpenStage value={props.stage}>
      <Board {...props} />
    </OpenStage>
  );
}

function Board({ stage, order, office }: BenchPageProps) {
  const { t } = useLingui();
  const board = useInfiniteQuery(benchQueries.stage(stage === "unclaimed" ? "receive" : stage));
  const counts = board.data?.pages[0]?.counts ?? {};
  // The label of an order, or any device of it, opens it here, unless a panel listens itself.
  useScanner(useForeignScan(), order === "" ? stage !== "receive" : !listening.includes(stage));
  // While the panel is still loading a scan must not lead away from the bench.
  useGroundScanner(() => toast({ tone: "warn", text: t`Still loading. Scan it again.` }));
  return (
    <div className="bench">
      <nav className="bench-stages" aria-label={t`Stages of the workshop`}>
        {(Object.keys(stages) as Stage[]).map((one) => (
          <Link key={one} href={`/bench/${one}`} aria-current={one === stage ? "page" : undefined}>
            {tTerm(stages, one)}
            {(counts[one] ?? 0) > 0 && <span className="num">{counts[one]}</span>}
          </Link>
        ))}
      </nav>
      {stage === "unclaimed" ? (
        <UnclaimedPanel office={office} />
      ) : stage === "receive" ? (
        <ReceivePanel />
      ) : board.data !== undefined ? (
        <Waiting stage={stage} order={order} rows={board.data.pages.flatMap((page) => page.rows)}>
          {board.hasNextPage && (
            <Button variant="default" disabled={board.isFetchingNextPage} onClick={() => void board.fetchNextPage()}>
              <Trans>Show more</Trans>
            </Button>
          )}
        </Waiting>
      ) : board.error ? (
        <ErrorPage error={board.error} retry={() => void board.refetch()} />
      ) : (
        <Skeleton />
      )}
    </div>
  );
}

interface WaitingProps {
  stage: Exclude<Stage, "receive" | "unclaimed">;
  order: string;
  rows: OrderRow[];
  children: ReactNode;
}

/** The orders that wait at a stage, the longest waiting first, and the one that is open. */
function Waiting({ stage, order, rows, children }: WaitingProps) {
  const { t } = useLingui();
  if (rows.length === 0 && order === "")
    return (
      <EmptyState icon={IconChecklist} title={<Trans>Nothing waits here</Trans>}>
        <Trans>Work orders appear at this stage when it is their turn.</Trans>
      </EmptyState>
    );
  return (
    <div className="bench-split">
      <div className="bench-side">
        <ul className="bench-list" aria-label={t`Waiting work orders`}>
          {rows.map((row) => (
            <li key={row.id}>
              <Link href={`/bench/${stage}/${row.id}`} aria-current={row.id === order ? "true" : undefined}>
                <span className="strong">
                  <Code>{row.number}</Code>
                </span>
                <span>{row.customer}</span>
                <span className="muted small">
                  <Plural value={row.devices} one="# device" other="# devices" /> · <Instant value={row.updated} brief />
                </span>
                <TermTag of={stageTerms} value={row.stage} />
              </Link>
            </li>
          ))}
        </ul>
        {children}
      </div>
      <div className="stack bench-panel">
        {order === "" ? (
          <EmptyState icon={IconBarcode} title={<Trans>Choose a work order, or scan its label</Trans>}>
            <Trans>The serial number of any device of it opens it too.</Trans>
          </EmptyState>
        ) : (
          <Panel key={`${stage}:${order}`} stage={stage} order={order} />
        )}
      </div>
    </div>
  );
}

function Panel({ stage, order }: { stage: WaitingProps["stage"]; order: string }) {
  const Deed = panels[stage];
  return <Deed order={order} />;
}
