import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconBarcode, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useScanner } from "@/shared/lib/use-scanner";
import { Code } from "@/shared/ui/text";
import { toastError } from "@/shared/ui/toast";

import { packing, type PackScan, type PackView } from "../api";
import { packQueries } from "../queries";
import { playScan, type ScanTone } from "../scan-sound";

interface PackScannerProps {
  order: string;
  box: number;
  view: PackView;
  onBox: (box: number) => void;
}

const tones: Record<string, ScanTone> = { packed: "ok", waybill_set: "ok", already_packed: "again" };

/** Scans go into the chosen box wherever the focus is; the answer is big, coloured, in words and audible. */
export function PackScanner({ order, box, view, onBox }: PackScannerProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const [last, setLast] = useState<PackScan>();
  const scan = useMutation({
    mutationFn: (code: string) => packing.scan(order, box, code),
    onSuccess: (answer) => {
      setLast(answer);
      client.setQueryData(packQueries.one(order).queryKey, answer.view);
      playScan(tones[answer.outcome] ?? "wrong");
    },
    onError: toastError,
  });
  useScanner((code) => scan.mutate(code));
  const tone = last === undefined ? undefined : (tones[last.outcome] ?? "wrong");
  const Icon = tone === undefined ? IconBarcode : { ok: IconCircleCheck, again: IconAlertTriangle, wrong: IconCircleX }[tone];
  return (
    <section className="card pack-scan" data-tone={tone} aria-live="assertive">
      <Icon size={44} stroke={1.5} aria-hidden />
      <div className="grow">
        <div className="pack-scan-word">
          {last === undefined ? <Trans>Scan the serial of each device</Trans> : <Outcome scan={last} />}
        </div>
        <div className="muted">
          {last !== undefined && <Code>{last.serial}</Code>} {t`${view.left} left`}
        </div>
      </div>
      <form
        className="line"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== "") scan.mutate(typed.trim());
          setTyped("");
        }}
      >
        <Select
          label={t`Into box`}
          value={String(box)}
          onChange={(value) => value && onBox(Number(value))}
          data={Array.from({ length: Math.max(view.boxes.length, 1) }, (_, index) => String(index + 1))}
          allowDeselect={false}
          w={90}
        />
        <TextInput
          label={t`Or type it`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          dir="ltr"
          w={190}
        />
        <Button type="submit" variant="default" style={{ alignSelf: "flex-end" }}>
          <Trans>Pack</Trans>
        </Button>
      </form>
    </section>
  );
}

function Outcome({ scan }: { scan: PackScan }) {
  switch (scan.outcome) {
    case "packed":
      return <Trans>In box {scan.box}</Trans>;
    case "waybill_set":
      return <Trans>Waybill noted for box {scan.box}</Trans>;
    case "already_packed":
      return <Trans>Already in box {scan.box}</Trans>;
    case "not_in_order":
      return <Trans>Not in this work order: leave it out</Trans>;
    case "not_open":
      return <Trans>This order is not open for packing</Trans>;
    default:
      return <Trans>Not a serial of this order</Trans>;
  }
}
