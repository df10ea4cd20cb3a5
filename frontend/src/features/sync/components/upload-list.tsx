import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Progress } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { currentLocale } from "@/shared/i18n/i18n";
import { tAppError } from "@/shared/i18n/t-error";
import { sizeText } from "@/shared/lib/size";
import { Dialog } from "@/shared/ui/dialog";
import { Card } from "@/shared/ui/page";
import { toastError } from "@/shared/ui/toast";

import { sync, type UploadView } from "../api";
import { syncQueries } from "../queries";

/** Photos and vouchers on their way: how far, how fast, and a hand on each. Work orders do not wait for them. */
export function UploadList() {
  const { t } = useLingui();
  const client = useQueryClient();
  const query = useQuery(syncQueries.uploads());
  const [dropping, setDropping] = useState<UploadView>();
  const show = (list: UploadView[]) => client.setQueryData(syncQueries.uploads().queryKey, list);
  const pause = useMutation({
    mutationFn: (file: UploadView) => sync.pauseUpload(file.sha256, file.state !== "paused"),
    onSuccess: show,
    onError: toastError,
  });
  const cancel = useMutation({ mutationFn: sync.cancelUpload, onSuccess: show, onError: toastError });
  const files = query.data ?? [];
  if (files.length === 0) return null;
  return (
    <Card title={t`Files on their way`}>
      <div className="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th scope="col"><Trans>File</Trans></th>
              <th scope="col" className="end"><Trans>Size</Trans></th>
              <th scope="col"><Trans>Progress</Trans></th>
              <th scope="col"><Trans>State</Trans></th>
              <th scope="col"><span className="sr-only"><Trans>Actions</Trans></span></th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <tr key={file.sha256}>
                <td className="strong">{file.name}</td>
                <td className="end num">{sizeText(file.size, currentLocale())}</td>
                <td>
                  <div className="upload-progress">
                    <Progress.Root aria-hidden>
                      <Progress.Section value={(100 * file.sent) / file.size} />
                    </Progress.Root>
                    <span className="num">{Math.floor((100 * file.sent) / file.size)}%</span>
                  </div>
                </td>
                <td className="outbox-reason"><Standing file={file} /></td>
                <td>
                  <Group gap={6} wrap="nowrap" justify="flex-end">
                    <Button variant="default" size="compact-sm" onClick={() => pause.mutate(file)}>
                      {file.state === "paused" ? <Trans>Go on</Trans> : <Trans>Pause</Trans>}
                    </Button>
                    <Button variant="default" size="compact-sm" onClick={() => setDropping(file)}>
                      <Trans>Cancel</Trans>
                    </Button>
                  </Group>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {dropping && (
        <Dialog
          title={t`Do not send “${dropping.name}”?`}
          action={t`Do not send it`}
          danger
          onClose={() => setDropping(undefined)}
          onAction={() => {
            cancel.mutate(dropping.sha256);
            setDropping(undefined);
          }}
        >
          <Trans>The centre will see that it was mentioned and did not come. It stays on this computer.</Trans>
        </Dialog>
      )}
    </Card>
  );
}

function Standing({ file }: { file: UploadView }) {
  if (file.state === "paused") return <Trans>Paused</Trans>;
  if (file.state === "waiting") return file.reason ? tAppError(file.reason) : <Trans>Waiting</Trans>;
  if (file.speed === 0) return <Trans>Sending…</Trans>;
  const speed = sizeText(file.speed, currentLocale());
  const minutes = Math.ceil(file.left_secs / 60);
  return (
    <>
      <Trans>{speed} a second</Trans>,{" "}
      {file.left_secs < 60 ? (
        <Plural value={file.left_secs} one="# second left" other="# seconds left" />
      ) : (
        <Plural value={minutes} one="# minute left" other="# minutes left" />
      )}
    </>
  );
}
