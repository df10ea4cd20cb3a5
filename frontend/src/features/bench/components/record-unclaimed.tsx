import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { currentLocale } from "@/shared/i18n/i18n";
import { ErrorNotice } from "@/shared/ui/errors";
import { toast } from "@/shared/ui/toast";

import { benchQueries, useDeed } from "../queries";

/** A parcel that came without a work order is nobody's order; it is kept here until someone asks (R34). */
export function RecordUnclaimed({ waybill, onDone }: { waybill: string; onDone: () => void }) {
  const { t } = useLingui();
  const catalog = useQuery(benchQueries.catalog());
  const [carrier, setCarrier] = useState<string | null>(null);
  const [sender, setSender] = useState("");
  const [serials, setSerials] = useState("");
  const [note, setNote] = useState("");
  const deed = useDeed("");
  const zh = currentLocale() === "zh-CN";
  const record = () =>
    deed.mutate(
      {
        kind: "record_unclaimed",
        unclaimed: {
          id: crypto.randomUUID(),
          carrier: carrier ?? "",
          waybill_number: waybill,
          serials: serials.split(/[\s,;，；]+/).filter(Boolean),
          sender: sender.trim(),
          note: note.trim(),
          arrived_at: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
          eligible_from: "",
          status: "held",
          rev: 0,
        },
      },
      {
        onSuccess: () => {
          toast({ text: <Trans>Kept as an unclaimed parcel.</Trans> });
          onDone();
        },
      },
    );
  return (
    <div className="stack">
      <Select
        label={t`Carrier`}
        searchable
        value={carrier}
        onChange={setCarrier}
        data={(catalog.data?.carriers ?? []).map((row) => ({ value: row.code, label: zh ? row.zh : row.en }))}
      />
      <TextInput label={t`Sender, as the label says`} value={sender} onChange={(event) => setSender(event.currentTarget.value)} />
      <Textarea
        label={t`Serial numbers in it`}
        value={serials}
        onChange={(event) => setSerials(event.currentTarget.value)}
        autosize
        dir="ltr"
      />
      <Textarea label={t`Note`} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize />
      {deed.error && <ErrorNotice error={deed.error} />}
      <Button size="lg" disabled={deed.isPending} onClick={record}>
        <Trans>Keep it as unclaimed</Trans>
      </Button>
    </div>
  );
}
