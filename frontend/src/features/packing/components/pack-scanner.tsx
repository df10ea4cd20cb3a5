import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconBarcode, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { ScanSound } from "@/shared/lib/sound";
import { useScanSound } from "@/shared/lib/use-scan-sound";
import { useScanner } from "@/shared/lib/use-scanner";
import { BoxCheck } from "@/shared/ui/box-check";
import { Code } from "@/shared/ui/text";
import { toastError } from "@/shared/ui/toast";

import { packing, type PackScan, type PackView } from "../api";
import { packQueries } from "../queries";

interface PackScannerProps {
  order: string;
  box: number;
  view: PackView;
  onBox: (box: number) => void;
}

const sounds: Record<string, ScanSound> = { packed: "added", waybill_set: "added", box: "added", already_packed: "again" };
const icons = { added: IconCircleCheck, again: IconAlertTriangle, refused: IconCircleX };

/** Scans go into the chosen box wherever the focus is; the answer is big, coloured, in words and audible. */
export function PackScanner({ order, box, view, onBox }: PackScannerProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const [last, setLast] = useState<PackScan>();
  const play = useScanSound();
  const scan = useMutation({
    mutationFn: (code: string) => packing.scan(order, box, code),
    onSuccess: (answer) => {
      setLast(answer);
      client.setQueryData(packQueries.one(order).queryKey, answer.view);
      // The label of a box opens it: a packer with a scanner needs no mouse.
      if (answer.outcome === "box") onBox(answer.box);
      play(sounds[answer.outcome] ?? "refused");
    },
    onError: toastError,
  });
  useScanner((code) => scan.mutate(code));
  const tone = last === undefined ? undefined : (sounds[last.outcome] ?? "refused");
  const Icon = tone === undefined ? IconBarcode : icons[tone];
  const open = view.boxes.filter((one) => one.status === "" || one.status === "planned").map((one) => one.seq);
  return (
    <>
    <section className="card pack-scan" data-tone={tone} aria-label={t`Scanning`}>
      <Icon size={44} stroke={1.5} aria-hidden />
      <div className="grow" role="status" aria-live="assertive">
        <div className="pack-scan-word">
          {last === undefined ? <Trans>Scan the serial of each device</Trans> : <Outcome scan={last} />}
        </div>
        <div className="muted">
          {last !== undefined && <Code>{last.serial}</Code>} {t`${view.left} left`}
        </div>
      </div>
      <form
        className="line fields"
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
          data={(open.length > 0 ? open : [box]).map(String)}
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
        <Button type="submit" variant="default">
          <Trans>Pack</Trans>
        </Button>
      </form>
    </section>
    {last !== undefined && <BoxCheck check={last.check} />}
    </>
  );
}

function Outcome({ scan }: { scan: PackScan }) {
  switch (scan.outcome) {
    case "packed":
      return <Trans>In box {scan.box}</Trans>;
    case "waybill_set":
      return <Trans>Waybill noted for box {scan.box}</Trans>;
    case "box":
      return <Trans>Box {scan.box} is open: scans go there</Trans>;
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
