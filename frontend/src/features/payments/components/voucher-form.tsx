import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, FileButton, Select, TextInput } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";

import { attachFile } from "@/shared/bridge/attach";
import type { FileRef } from "@/shared/bridge/models";
import { payMethodTerms, tTerm } from "@/shared/i18n/terms";
import { formatMoney } from "@/shared/lib/money";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { StoredFiles } from "@/shared/ui/stored-files";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { type PayDue, payments } from "../api";

interface VoucherFormProps {
  order: string;
  due: PayDue;
  /** The payment that the office refused, to send it again under the same id. */
  again?: string;
  disabled?: boolean;
}

/** The proof of payment. Sending it starts the clock of the return (R39). */
export function VoucherForm({ order, due, again, disabled = false }: VoucherFormProps) {
  const { t } = useLingui();
  const methods = [...new Set(due.payees.map((payee) => payee.method))];
  const [method, setMethod] = useState(methods[0] ?? "bank_transfer");
  const [files, setFiles] = useState<FileRef[]>([]);
  const [txId, setTxId] = useState("");
  const [confirming, setConfirming] = useState(false);
  const attach = useMutation({
    mutationFn: (chosen: File[]) => Promise.all(chosen.map(attachFile)),
    onSuccess: (stored) => setFiles((before) => [...before, ...stored]),
  });
  const send = useMutation({
    mutationFn: () =>
      payments.sendVoucher(order, {
        id: again ?? crypto.randomUUID(),
        quotes: due.quotes,
        amount: due.whole,
        method,
        vouchers: files,
        tx_id: txId.trim(),
      }),
    onSuccess: () => {
      setConfirming(false);
      setFiles([]);
      setTxId("");
      toast({ text: <Trans>Your voucher is on its way to the centre.</Trans> });
    },
  });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    attach.mutate([...event.dataTransfer.files]);
  };
  const ready = !disabled && (files.length > 0 || (method !== "bank_transfer" && txId.trim() !== ""));
  return (
    <div className="stack voucher" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      {methods.length > 1 && (
        <Select
          label={t`Paid by`}
          value={method}
          onChange={(value) => value && setMethod(value)}
          data={methods.map((value) => ({ value, label: tTerm(payMethodTerms, value) }))}
          allowDeselect={false}
          maw={320}
        />
      )}
      {method !== "bank_transfer" && (
        <TextInput label={t`Transaction id`} value={txId} onChange={(event) => setTxId(event.currentTarget.value)} dir="ltr" />
      )}
      <div className="line voucher-drop">
        <FileButton multiple accept="image/png,image/jpeg,application/pdf" onChange={(chosen) => attach.mutate(chosen)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
              <Trans>Choose the voucher</Trans>
            </Button>
          )}
        </FileButton>
        <span className="muted">
          <Trans>A photo, a screenshot or a PDF of the transfer; or drop it here.</Trans>
        </span>
      </div>
      {attach.error && <ErrorNotice error={attach.error} />}
      <StoredFiles files={files} onRemove={(gone) => setFiles(files.filter((file) => file !== gone))} />
      <div className="line">
        <Button disabled={!ready} onClick={() => setConfirming(true)}>
          <Trans>I have paid: send the voucher</Trans>
        </Button>
        <span className="small muted">
          <RuleMark rule="R39" /> <Trans>The five working days begin when the voucher is sent.</Trans>
        </span>
      </div>
      {confirming && (
        <Dialog
          title={<Trans>Send the voucher</Trans>}
          action={t`Send the voucher`}
          busy={send.isPending}
          onAction={() => send.mutate()}
          onClose={() => setConfirming(false)}
        >
          <p>
            {t`You say that you have paid ${formatMoney(due.amount)} with the reference ${due.reference}.`}{" "}
            <Plural value={files.length} one="# file goes with it." other="# files go with it." />
          </p>
          {send.error && <ErrorNotice error={send.error} />}
        </Dialog>
      )}
    </div>
  );
}
