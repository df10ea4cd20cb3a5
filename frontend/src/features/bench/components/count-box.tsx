import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useState } from "react";

import type { FileRef } from "@/shared/bridge/models";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { useScanner } from "@/shared/lib/use-scanner";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { Code, Keys } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import type { ParcelFound } from "../api";
import { useDeed } from "../queries";
import { addScan, countBox, serialKey } from "../scanned";
import { PhotoField } from "./photo-field";
import { RejectDialog } from "./reject-dialog";

/** Counts a box from zero: what was expected, what is there, what is missing or foreign (R16, R22). */
export function CountBox({ found, onDone }: { found: ParcelFound; onDone: () => void }) {
  const { t } = useLingui();
  const [scanned, setScanned] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  const [photos, setPhotos] = useState<FileRef[]>([]);
  const [rejecting, setRejecting] = useState(false);
  const deed = useDeed(found.order.id);
  const add = (code: string) => setScanned((before) => addScan(before, code));
  useScanner(add, !rejecting);
  const expected = found.expected.map((device) => device.serial);
  const count = countBox(expected, scanned);
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
  useHotkeys([{ keys: "mod+Enter", label: t`Record the goods receipt`, group: "page", run: () => matches && receive(false) }]);
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
          className="line"
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
          <Button size="lg" type="submit" variant="default" style={{ alignSelf: "flex-end" }}>
            <Trans>Count it</Trans>
          </Button>
        </form>
        <ul className="bench-devices" aria-label={t`Expected devices`}>
          {found.expected.map((device) => {
            const here = count.found.some((serial) => serialKey(serial) === serialKey(device.serial));
            return (
              <li key={device.id} data-found={here || undefined}>
                {here ? <IconCircleCheck size={18} aria-label={t`found`} /> : <IconCircleDashed size={18} aria-label={t`not yet`} />}
                <Code>{device.serial}</Code> <span className="muted">{device.model}</span>
              </li>
            );
          })}
          {count.extra.map((serial) => (
            <li key={serial} data-extra>
              <IconAlertTriangle size={18} aria-label={t`not listed`} />
              <Code>{serial}</Code>
              <Button size="compact-sm" variant="subtle" onClick={() => setScanned(scanned.filter((other) => other !== serial))}>
                <Trans>Take back</Trans>
              </Button>
            </li>
          ))}
        </ul>
        {!matches && scanned.length > 0 && (
          <Notice tone="warn">
            <Plural value={count.missing.length} one="# missing" other="# missing" />,{" "}
            <Plural value={count.extra.length} one="# not listed" other="# not listed" /> <RuleMark rule="R16" />
          </Notice>
        )}
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
