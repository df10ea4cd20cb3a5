import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { IconCloudCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import type { OutboxRow } from "@/shared/bridge/models";
import { commandTerms, markTerms, tTerm } from "@/shared/i18n/terms";
import { tAppError } from "@/shared/i18n/t-error";
import { Dialog } from "@/shared/ui/dialog";
import { EmptyState } from "@/shared/ui/empty-state";
import { QueryView } from "@/shared/ui/query-view";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant } from "@/shared/ui/text";
import { toast, toastError } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { sync } from "../api";
import { syncQueries } from "../queries";

/** Everything on its way to the centre: what, since when, how often tried, and why not yet. */
export function OutboxList() {
  const { t } = useLingui();
  const client = useQueryClient();
  const query = useQuery(syncQueries.outbox());
  const [dropping, setDropping] = useState<OutboxRow>();
  const done = () => client.invalidateQueries({ queryKey: syncQueries.all() });
  const retry = useMutation({ mutationFn: sync.retry, onSettled: done, onError: toastError });
  const discard = useMutation({
    mutationFn: sync.discard,
    onSettled: done,
    onError: toastError,
    onSuccess: () => toast({ text: t`Taken back. The centre never got it.` }),
  });
  return (
    <>
    <QueryView query={query}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState icon={IconCloudCheck} title={<Trans>Nothing is waiting</Trans>}>
            <Trans>Everything you sent has been confirmed by the centre.</Trans>
          </EmptyState>
        ) : (
          <div className="table-wrap">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col"><Trans>What</Trans></th>
                  <th scope="col"><Trans>Work order</Trans></th>
                  <th scope="col"><Trans>State</Trans></th>
                  <th scope="col"><Trans>Since</Trans></th>
                  <th scope="col" className="end"><Trans>Tries</Trans></th>
                  <th scope="col"><Trans>Reason</Trans></th>
                  <th scope="col"><span className="sr-only"><Trans>Actions</Trans></span></th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td className="strong">{tTerm(commandTerms, row.kind)}</td>
                    <td>
                      <Link href={row.kind === "submit" ? `/drafts/${row.draft}` : `/orders/${row.order}`}>
                        {row.number ? <Code>{row.number}</Code> : row.title}
                      </Link>
                    </td>
                    <td><TermTag of={markTerms} value={row.mark} /></td>
                    <td><Instant value={row.created} brief /></td>
                    <td className="end num">{row.tries}</td>
                    <td className="outbox-reason">
                      {row.reason ? (
                        <>
                          {tAppError(row.reason)} {row.reason.rule && <RuleMark rule={row.reason.rule} />}
                        </>
                      ) : (
                        "–"
                      )}
                    </td>
                    <td>
                      <Group gap={6} wrap="nowrap" justify="flex-end">
                        <Button variant="default" size="compact-sm" onClick={() => retry.mutate(row.id)}>
                          <Trans>Try now</Trans>
                        </Button>
                        <Button variant="default" size="compact-sm" onClick={() => setDropping(row)}>
                          <Trans>Discard</Trans>
                        </Button>
                      </Group>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </QueryView>
      {dropping && (
        <Dialog
          title={t`Discard “${tTerm(commandTerms, dropping.kind)}”?`}
          action={t`Discard it`}
          danger
          onClose={() => setDropping(undefined)}
          onAction={() => {
            discard.mutate(dropping.id);
            setDropping(undefined);
          }}
        >
          <Trans>The centre will not hear of it. What it already has stays as it is.</Trans>
        </Dialog>
      )}
    </>
  );
}
