import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { currentLocale } from "@/shared/i18n/i18n";
import { tAppError } from "@/shared/i18n/t-error";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Notice, Tag } from "@/shared/ui/tag";
import { Instant } from "@/shared/ui/text";
import { toast, toastError } from "@/shared/ui/toast";

import { type BackupView, data, type DataView } from "../api";
import { dataQueries } from "../queries";
import { sizeText } from "@/shared/lib/size";

/** The copies of what only this computer knows. One click brings one back, and keeps what was there. */
export function BackupsCard({ view }: { view: DataView }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<BackupView>();
  const show = (next: DataView) => client.setQueryData(dataQueries.state().queryKey, next);
  const backUp = useMutation({
    mutationFn: data.backUp,
    onError: toastError,
    onSuccess: (next) => {
      show(next);
      toast({ text: t`Backed up` });
    },
  });
  const restore = useMutation({
    mutationFn: data.restore,
    onSuccess: (next) => {
      setChosen(undefined);
      show(next);
      void client.invalidateQueries();
      toast({ text: t`Restored. What was there before is the newest backup.`, stay: 10_000 });
    },
  });
  return (
    <Card
      title={t`Backups`}
      actions={
        <Button variant="default" onClick={() => backUp.mutate()} disabled={backUp.isPending}>
          <Trans>Back up now</Trans>
        </Button>
      }
    >
      <p className="muted">
        <Trans>
          Drafts, what waits to be sent, packing and settings are copied here once an hour while you work, and every copy
          is checked. Copy the folder “backups” to another disk from time to time: this one may fail.
        </Trans>
      </p>
      {view.failed && (
        <Notice tone="error"><Trans>The last automatic backup could not be made: {tAppError(view.failed)}</Trans></Notice>
      )}
      {view.backups.length === 0 ? (
        <p><Trans>There is no backup yet.</Trans></p>
      ) : (
        <div className="table-wrap">
          <table className="table">
            <thead>
              <tr>
                <th scope="col"><Trans>Made</Trans></th>
                <th scope="col"><Trans>Kind</Trans></th>
                <th scope="col" className="end"><Trans>Size</Trans></th>
                <th scope="col"><span className="sr-only"><Trans>Actions</Trans></span></th>
              </tr>
            </thead>
            <tbody>
              {view.backups.map((backup) => (
                <tr key={backup.name}>
                  <td><Instant value={backup.at} /></td>
                  <td><Kind why={backup.why} /></td>
                  <td className="end num">{sizeText(backup.size, currentLocale())}</td>
                  <td className="end">
                    <Button variant="default" size="compact-sm" onClick={() => setChosen(backup)}>
                      <Trans>Restore</Trans>
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {chosen && (
        <Dialog
          title={<Trans>Go back to <Instant value={chosen.at} />?</Trans>}
          action={t`Restore this backup`}
          danger
          busy={restore.isPending}
          onClose={() => {
            setChosen(undefined);
            restore.reset();
          }}
          onAction={() => restore.mutate(chosen.name)}
        >
          {restore.error ? (
            <ErrorNotice error={restore.error} />
          ) : (
            <Trans>
              Drafts and packing become as they were then. What you have now is backed up first, so you can come back. What
              the centre has confirmed stays with the centre; nothing is sent twice.
            </Trans>
          )}
        </Dialog>
      )}
    </Card>
  );
}

function Kind({ why }: { why: string }) {
  switch (why) {
    case "manual":
      return <Tag tone="info"><Trans>By you</Trans></Tag>;
    case "replaced":
      return <Tag tone="warn"><Trans>Before a restore</Trans></Tag>;
    default:
      return <Tag tone="quiet"><Trans>Hourly</Trans></Tag>;
  }
}
