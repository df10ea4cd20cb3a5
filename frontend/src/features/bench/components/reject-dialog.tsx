import { Trans, useLingui } from "@lingui/react/macro";
import { Select, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { FileRef } from "@/shared/bridge/models";
import { currentLocale } from "@/shared/i18n/i18n";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { benchQueries, useDeed } from "../queries";

interface RejectDialogProps {
  order: string;
  parcel: string;
  mismatch: boolean;
  photos: FileRef[];
  onClose: () => void;
  onDone: () => void;
}

/** Refusing a parcel costs its sender a lot, so it names its reason and cannot be done by a slip. */
export function RejectDialog({ order, parcel, mismatch, photos, onClose, onDone }: RejectDialogProps) {
  const { t } = useLingui();
  const catalog = useQuery(benchQueries.catalog());
  const [reason, setReason] = useState<string | null>(mismatch ? "content_mismatch" : null);
  const [note, setNote] = useState("");
  const deed = useDeed(order);
  const zh = currentLocale() === "zh-CN";
  return (
    <Dialog
      title={<Trans>Refuse the parcel</Trans>}
      action={t`Refuse the parcel`}
      danger
      disabled={reason === null || note.trim() === ""}
      busy={deed.isPending}
      onAction={() =>
        deed.mutate(
          { kind: "reject_parcel", rejection: { parcel, reason: reason ?? "", note: note.trim(), photos } },
          {
            onSuccess: () => {
              toast({ text: <Trans>Refused; the customer is told why.</Trans>, tone: "warn" });
              onDone();
            },
          },
        )
      }
      onClose={onClose}
    >
      <div className="stack">
        <p>
          <RuleMark rule="R19" /> <Trans>Every loss from a refused parcel is the sender's. Say exactly what is wrong.</Trans>
        </p>
        <Select
          label={t`Reason`}
          value={reason}
          onChange={setReason}
          data={(catalog.data?.rejections ?? []).map((row) => ({ value: row.code, label: zh ? row.zh : row.en }))}
        />
        <Textarea label={t`What is wrong with the parcel`} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} />
        {deed.error && <ErrorNotice error={deed.error} />}
      </div>
    </Dialog>
  );
}
