import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import type { FileRef } from "@/shared/bridge/models";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { useScanSound } from "@/shared/lib/use-scan-sound";
import { useScanner } from "@/shared/lib/use-scanner";
import { BoxCheck } from "@/shared/ui/box-check";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { Code, Keys } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";
import { WindowedList } from "@/shared/ui/windowed-list";

import { bench, type ParcelFound } from "../api";
import { benchQueries, useDeed } from "../queries";
import { addScan, countBox, serialKey } from "../scanned";
import { PhotoField } from "./photo-field";
import { RejectDialog } from "./reject-dialog";

/** Counts a box from zero: what was expected, what is there, what is missing or foreign (R16, R22). */
export function CountBox({ code, found, onDone }: { code: string; found: ParcelFound; onDone: () => void }) {
  const { t } = useLingui();
  const [scanned, setScanned] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  const [photos, setPhotos] = useState<FileRef[]>([]);
  const [rejecting, setRejecting] = useState(false);
  const deed = useDeed(found.order.id);
  const [last, setLast] = useState(-1);
  const play = useScanSound();
  // Half a count differs from every label: until as many are counted as were packed, the list speaks.
  const counted = scanned.length >= found.expected.length ? scanned : [];
  const check = useQuery({ ...benchQueries.label(code, counted), enabled: found.check.outcome !== "" && counted.length > 0 });
  const expected = useMemo(() => found.expected.map((device) => device.serial), [found.expected]);
  const take = (code: string) => {
    const again = scanned.some((other) => serialKey(other) === serialKey(code));
    const at = expected.findIndex((serial) => serialKey(serial) === serialKey(code));
    play(again ? "again" : at >= 0 ? "added" : "refused");
    setLast(at);
    setScanned((before) => addScan(before, code));
  };
  // One of our own labels stands for its device; a code nobody knows is counted as it is.
  const add = (code: string) => {
    if (expected.some((serial) => serialKey(serial) === serialKey(code))) return take(code);
    bench
      .scan(code)
      .then((target) => take(found.expected.find((device) => device.id === target.device)?.serial ?? (target.code || code)))
      .catch(() => take(code));
  };
  useScanner(add, !rejecting);
  const count = countBox(expected, scanned);
  const here = new Set(count.found);
  const lines = [...found.expected.map((device) => ({ ...device, extra: false })), ...count.extra.map((serial) => ({ id: serial, serial, model: "", line: 0, extra: true }))];
  const matches = count.missing.length === 0 && count.extra.length === 0;
  const receive = (mismatch: boolean) =>
    deed.mutate(
      {
        kind: "receive_parcel",
        receipt: {
          parcel: found.parcel.id,
          scanned,
          signed_at: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
          accept_mismatch: mismatch,
          photos,
        },
      },
      {
        onSuccess: () => {
          toast({ text: <Trans>Goods receipt recorded.</Trans> });
          onDone();
        },
      },
    );
  useHotkeys([{ keys: "mod+Enter", label: t`Record the goods receipt`, group: "page", run: () => matches && !deed.isPending && receive(false) }]);
  return (
    <Card
      title={
        <>
          <Code>{found.order.number}</Code> ·{" "}
          <Trans>
            Box {found.parcel.seq} of {found.parcel.of}
          </Trans>
        </>
      }
      actions={
        <span className="bench-count num" aria-live="polite">
          <Trans>
            {count.found.length} of {expected.length} found
          </Trans>
        </span>
      }
    >
      <div className="stack">
        <form
          className="line fields"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== "") add(typed.trim());
            setTyped("");
          }}
        >
          <TextInput
            size="lg"
            label={t`Serial number`}
            placeholder={t`Scan every device in the box`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            dir="ltr"
            miw={320}
          />
          <Button size="lg" type="submit" variant="default">
            <Trans>Count it</Trans>
          </Button>
        </form>
        <WindowedList label={t`Expected devices`} items={lines} keyOf={(line) => line.id} reveal={last}>
          {(line) =>
            line.extra ? (
              <span className="bench-counted" data-extra>
                <IconAlertTriangle size={18} aria-label={t`not listed`} />
                <Code>{line.serial}</Code>
                <span className="grow" />
                <button type="button" className="link" onClick={() => setScanned(scanned.filter((other) => other !== line.serial))}>
                  <Trans>Take back</Trans>
                </button>
              </span>
            ) : (
              <span className="bench-counted" data-found={here.has(line.serial) || undefined}>
                {here.has(line.serial) ? <IconCircleCheck size={18} aria-label={t`found`} /> : <IconCircleDashed size={18} aria-label={t`not yet`} />}
                <Code>{line.serial}</Code> <span className="muted truncate">{line.model}</span>
              </span>
            )
          }
        </WindowedList>
        {!matches && scanned.length > 0 && (
          <Notice tone="warn">
            <Plural value={count.missing.length} one="# missing" other="# missing" />,{" "}
            <Plural value={count.extra.length} one="# not listed" other="# not listed" /> <RuleMark rule="R16" />
          </Notice>
        )}
        <BoxCheck check={check.data ?? found.check} />
        <PhotoField photos={photos} onPhotos={setPhotos} />
        {deed.error && <ErrorNotice error={deed.error} />}
        <div className="line">
          <Button size="lg" disabled={!matches || deed.isPending} onClick={() => receive(false)} rightSection={<Keys combo="mod+Enter" />}>
            <Trans>Record the goods receipt</Trans>
          </Button>
          {!matches && scanned.length > 0 && (
            <Button size="lg" variant="default" disabled={deed.isPending} onClick={() => receive(true)}>
              <Trans>Receive all the same, and note the difference</Trans>
            </Button>
          )}
          <span className="grow" />
          <Button size="lg" variant="default" color="red" onClick={() => setRejecting(true)}>
            <Trans>Refuse the parcel</Trans>
          </Button>
        </div>
      </div>
      {rejecting && (
        <RejectDialog
          order={found.order.id}
          parcel={found.parcel.id}
          mismatch={!matches && scanned.length > 0}
          photos={photos}
          onClose={() => setRejecting(false)}
          onDone={onDone}
        />
      )}
    </Card>
  );
}
