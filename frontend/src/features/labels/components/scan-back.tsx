import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import type { ScanSound } from "@/shared/lib/sound";
import { useScanSound } from "@/shared/lib/use-scan-sound";
import { useScanner } from "@/shared/lib/use-scanner";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { Code } from "@/shared/ui/text";
import { WindowedList } from "@/shared/ui/windowed-list";

import type { LabelRequest, ScanBack as Check } from "../api";
import { labelQueries } from "../queries";

const sounds: Record<string, ScanSound> = { found: "added", double: "again", foreign: "refused" };

/** Each label that was stuck on is scanned once: what is missing, double or foreign shows before a box leaves. */
export function ScanBack({ request, onClose }: { request: LabelRequest; onClose: () => void }) {
  const { t } = useLingui();
  const [codes, setCodes] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  const play = useScanSound();
  const query = useQuery(labelQueries.scanBack(request, codes));
  const add = (code: string) => setCodes((before) => [...before, code]);
  useScanner(add);
  const check = query.data;
  const last = query.isPlaceholderData ? "" : (check?.last ?? "");
  useEffect(() => {
    const sound = sounds[last];
    if (sound !== undefined) play(sound);
    // One sound for each scan, also when two in a row end alike.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [last, codes.length]);
  return (
    <Card
      title={<Trans>Scan each label you stuck on</Trans>}
      actions={
        <Button variant="default" onClick={onClose}>
          <Trans>Back to printing</Trans>
        </Button>
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
            label={t`Code of a label`}
            placeholder={t`Scan it, or type it and press Enter`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            dir="ltr"
            miw={320}
          />
          <Button type="submit" variant="default">
            <Trans>Check it</Trans>
          </Button>
          <span className="grow" />
          <Button variant="default" disabled={codes.length === 0} onClick={() => setCodes([])}>
            <Trans>Begin again</Trans>
          </Button>
        </form>
        {query.error && <ErrorNotice error={query.error} />}
        {check && <Verdict check={check} />}
        {check && (
          <WindowedList label={t`Labels to find`} items={check.expected ?? []} keyOf={(label) => label.id} reveal={-1}>
            {(label) => (
              <span className="scan-back-line" data-double={label.scans > 1 || undefined}>
                {label.scans === 0 && <IconCircleDashed size={18} aria-label={t`not yet`} />}
                {label.scans === 1 && <IconCircleCheck size={18} aria-label={t`found`} />}
                {label.scans > 1 && <IconAlertTriangle size={18} aria-label={t`double`} />}
                <Code>{label.name}</Code>
                {label.scans > 1 && <Trans>scanned {label.scans} times</Trans>}
              </span>
            )}
          </WindowedList>
        )}
      </div>
    </Card>
  );
}

function Verdict({ check }: { check: Check }) {
  if (check.done) {
    return (
      <Notice tone="ok" role="status">
        <Trans>Every label was found once.</Trans>
      </Notice>
    );
  }
  const foreign = check.foreign ?? [];
  return (
    <>
      <Notice tone={check.double > 0 || foreign.length > 0 ? "error" : "info"} role="status">
        <Plural value={check.found} one="# found" other="# found" />,{" "}
        <Plural value={check.missing} one="# missing" other="# missing" />,{" "}
        <Plural value={check.double} one="# double" other="# double" />,{" "}
        <Plural value={foreign.length} one="# foreign" other="# foreign" />
      </Notice>
      {foreign.map((code) => (
        <Notice key={code} tone="error">
          <Trans>Not one of these labels:</Trans> <Code>{code}</Code>
        </Notice>
      ))}
    </>
  );
}
