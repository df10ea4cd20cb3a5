import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { tAppError } from "@/shared/i18n/t-error";
import { QueryView } from "@/shared/ui/query-view";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { Code, Instant } from "@/shared/ui/text";
import { toast, toastError } from "@/shared/ui/toast";

import { sync } from "../api";
import { syncQueries } from "../queries";
import { SyncPill } from "./sync-pill";

/** How this PC and the centre stand, what is safe, and what can be done about it. */
export function SyncHead() {
  const { t } = useLingui();
  const client = useQueryClient();
  const query = useQuery(syncQueries.status());
  const now = useMutation({
    mutationFn: sync.now,
    onSuccess: (status) => client.setQueryData(syncQueries.status().queryKey, status),
    onError: toastError,
  });
  const retryAll = useMutation({
    mutationFn: () => sync.retry(""),
    onSuccess: (status) => client.setQueryData(syncQueries.status().queryKey, status),
    onError: toastError,
  });
  const save = useMutation({
    mutationFn: sync.export,
    onSuccess: (file) => toast({ text: <Trans>Saved as <Code>{file.path || file.url}</Code></Trans>, stay: 10_000 }),
    onError: toastError,
  });
  return (
    <QueryView query={query}>
      {(status) => (
        <Card
          title={<SyncPill status={status} />}
          actions={
            <>
              {status.waiting + status.refused > 0 && (
                <>
                  <Button variant="default" onClick={() => save.mutate()} disabled={save.isPending}>
                    <Trans>Save as a file</Trans>
                  </Button>
                  <Button variant="default" onClick={() => retryAll.mutate()} disabled={retryAll.isPending}>
                    <Trans>Retry all</Trans>
                  </Button>
                </>
              )}
              <Button onClick={() => now.mutate()} disabled={now.isPending}>
                <Trans>Ask the centre now</Trans>
              </Button>
            </>
          }
        >
          <dl className="facts">
            <dt>{t`The centre last answered`}</dt>
            <dd>{status.last_sync ? <Instant value={status.last_sync} /> : <Trans>not yet</Trans>}</dd>
            <dt>{t`Waiting`}</dt>
            <dd className="num">{status.waiting}</dd>
            <dt>{t`Refused`}</dt>
            <dd className="num">{status.refused}</dd>
            <dt>{t`Files to travel`}</dt>
            <dd className="num">{status.uploads}</dd>
          </dl>
          {status.reason && <Notice tone="warn">{tAppError(status.reason)}</Notice>}
          {status.disk_full && (
            <Notice tone="error">
              <Trans>The disk is full: free some space, then nothing needs to be typed again.</Trans>
            </Notice>
          )}
          {status.read_only && (
            <Notice tone="error">
              <Trans>The data folder cannot be written. You can read everything; nothing new can be saved.</Trans>
            </Notice>
          )}
          {status.skew_secs !== 0 && (
            <Notice tone="warn">
              <Plural
                value={Math.max(1, Math.round(Math.abs(status.skew_secs) / 60))}
                one="This computer's clock is # minute off. Dates are counted by the centre's clock."
                other="This computer's clock is # minutes off. Dates are counted by the centre's clock."
              />
            </Notice>
          )}
        </Card>
      )}
    </QueryView>
  );
}
