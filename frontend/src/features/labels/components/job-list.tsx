import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { tAppError } from "@/shared/i18n/t-error";
import { tTerm } from "@/shared/i18n/terms";
import { EmptyState } from "@/shared/ui/empty-state";
import { QueryView } from "@/shared/ui/query-view";
import { Tag } from "@/shared/ui/tag";
import { Code, Instant } from "@/shared/ui/text";

import { labels, type PrintJob } from "../api";
import { jobStates, whys } from "../documents";
import { labelQueries, useJobDeed } from "../queries";

/** What was given to printers, the newest first. A job that failed is kept until a person tries it again. */
export function JobList() {
  const query = useQuery(labelQueries.jobs());
  const cancel = useJobDeed(labels.cancel);
  const retry = useJobDeed(labels.retry);
  return (
    <QueryView query={query}>
      {(jobs) =>
        jobs.length === 0 ? (
          <EmptyState icon={IconPrinter} title={<Trans>Nothing was printed yet</Trans>}>
            <Trans>Every job stays here with how it ended.</Trans>
          </EmptyState>
        ) : (
          <div className="table-wrap">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col"><Trans>What</Trans></th>
                  <th scope="col"><Trans>Printer</Trans></th>
                  <th scope="col"><Trans>State</Trans></th>
                  <th scope="col"><Trans>Since</Trans></th>
                  <th scope="col"><Trans>Reason</Trans></th>
                  <th scope="col"><span className="sr-only"><Trans>Actions</Trans></span></th>
                </tr>
              </thead>
              <tbody>
                {jobs.map((job) => (
                  <Job key={job.id} job={job} onCancel={() => cancel.mutate(job.id)} onRetry={() => retry.mutate(job.id)} />
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </QueryView>
  );
}

function Job({ job, onCancel, onRetry }: { job: PrintJob; onCancel: () => void; onRetry: () => void }) {
  const { t } = useLingui();
  const state = jobStates[job.state];
  return (
    <tr>
      <td>
        {job.order === "" ? <Code>{job.title}</Code> : <Link href={`/orders/${job.order}/labels?document=${job.document}`}><Code>{job.title}</Code></Link>}
        {job.again > 0 && (
          <div className="small muted">
            <Trans>Printed again ({job.again})</Trans>: {tTerm(whys, job.why)}
          </div>
        )}
      </td>
      <td>{job.printer}</td>
      <td>{state && <Tag tone={state.tone}>{tTerm(jobStates, job.state)}</Tag>}</td>
      <td><Instant value={job.created} brief /></td>
      <td>{job.reason ? tAppError(job.reason) : "–"}</td>
      <td>
        <Group gap={6} wrap="nowrap" justify="flex-end">
          {(job.state === "queued" || job.state === "sending") && (
            <Button variant="default" size="compact-sm" aria-label={t`Cancel ${job.title}`} onClick={onCancel}>
              <Trans>Cancel</Trans>
            </Button>
          )}
          {(job.state === "failed" || job.state === "cancelled") && (
            <Button variant="default" size="compact-sm" aria-label={t`Try again: ${job.title}`} onClick={onRetry}>
              <Trans>Try again</Trans>
            </Button>
          )}
        </Group>
      </td>
    </tr>
  );
}
