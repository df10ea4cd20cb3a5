import { useLingui } from "@lingui/react";
import { Plural, Trans } from "@lingui/react/macro";
import { IconCalendarCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";

import { tCode } from "@/shared/i18n/t-error";
import { deadlineTerms, tTerm } from "@/shared/i18n/terms";
import { EmptyState } from "@/shared/ui/empty-state";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Tag } from "@/shared/ui/tag";
import { Code, Day } from "@/shared/ui/text";
import { Why } from "@/shared/ui/why";

import type { DeadlineRow } from "../api";
import { deadlineQueries } from "../queries";
import { urgencyOf, type Urgency } from "../urgency";
import { DaysLeft } from "./days-left";

/** Every deadline, the nearest first, each with its rule and what follows from missing it. */
export function DeadlineList() {
  const list = useQuery(deadlineQueries.list());
  return (
    <QueryView query={list}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState icon={IconCalendarCheck} title={<Trans>No deadlines</Trans>}>
            <Trans>Nothing that you sent is waiting for a date.</Trans>
          </EmptyState>
        ) : (
          <Groups rows={rows} />
        )
      }
    </QueryView>
  );
}

function Groups({ rows }: { rows: DeadlineRow[] }) {
  const titles: Record<Urgency, ReactNode> = {
    overdue: <Trans>Past</Trans>,
    soon: <Trans>Within three days</Trans>,
    week: <Trans>Within a week</Trans>,
    later: <Trans>Later</Trans>,
  };
  return (["overdue", "soon", "week", "later"] as const).map((urgency) => {
    const group = rows.filter((row) => urgencyOf(row.deadline.days_left) === urgency);
    return (
      group.length > 0 && (
        <Card key={urgency} title={titles[urgency]}>
          <ul className="lines">
            {group.map((row, index) => (
              <DeadlineLine key={`${row.order}:${row.deadline.kind}:${row.deadline.device}:${index}`} row={row} />
            ))}
          </ul>
        </Card>
      )
    );
  });
}

function DeadlineLine({ row }: { row: DeadlineRow }) {
  useLingui(); // a change of language draws it again
  const { deadline } = row;
  return (
    <li className="line">
      <div className="grow">
        <div className="strong">
          {tTerm(deadlineTerms, deadline.kind)} · <Day value={deadline.date} /> <Why why={deadline.why} />
        </div>
        <div className="muted">
          <Link href={`/orders/${row.order}`} className="line-link">
            <Code>{row.number}</Code>
          </Link>{" "}
          {row.customer}
          {(deadline.devices ?? []).length > 0 && (
            <>
              {" · "}
              <Plural value={deadline.devices!.length} one="# device" other="# devices" />
            </>
          )}
          {deadline.consequence !== "" && ` · ${tCode(deadline.consequence, deadline.why.inputs) ?? deadline.consequence}`}
        </div>
      </div>
      {deadline.estimate && !deadline.final && (
        <Tag tone="quiet">
          <Trans>Estimate</Trans>
        </Tag>
      )}
      <DaysLeft days={deadline.days_left} />
    </li>
  );
}
