import "./bench.css";

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconChecklist } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";

import { stageTerms, tTerm } from "@/shared/i18n/terms";
import { EmptyState } from "@/shared/ui/empty-state";
import { QueryView } from "@/shared/ui/query-view";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant } from "@/shared/ui/text";

import { benchQueries } from "../queries";
import { type Stage, stages } from "../stages";
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

/** The workshop: what waits at each stage, and the one deed of that stage. */
export function BenchBoard({ stage, order }: BenchPageProps) {
  const { t } = useLingui();
  const board = useQuery(benchQueries.stage(stage === "unclaimed" ? "receive" : stage));
  const counts = board.data?.counts ?? {};
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
        <UnclaimedPanel />
      ) : stage === "receive" ? (
        <ReceivePanel />
      ) : (
        <QueryView query={board}>
          {(page) =>
            page.rows.length === 0 && order === "" ? (
              <EmptyState icon={IconChecklist} title={<Trans>Nothing waits here</Trans>}>
                <Trans>Work orders appear at this stage when it is their turn.</Trans>
              </EmptyState>
            ) : (
              <div className="bench-split">
                <ul className="bench-list" aria-label={t`Waiting work orders`}>
                  {page.rows.map((row) => (
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
                <div className="stack bench-panel">
                  {order === "" ? (
                    <p className="muted">
                      <Trans>Choose a work order, or scan its label.</Trans>
                    </p>
                  ) : (
                    <Panel key={`${stage}:${order}`} stage={stage} order={order} />
                  )}
                </div>
              </div>
            )
          }
        </QueryView>
      )}
    </div>
  );
}

function Panel({ stage, order }: { stage: Exclude<Stage, "receive" | "unclaimed">; order: string }) {
  const Deed = panels[stage];
  return <Deed order={order} />;
}
