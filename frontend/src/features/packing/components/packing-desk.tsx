import "./packing.css";

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPackage, IconPlus, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { markTerms, stageTerms } from "@/shared/i18n/terms";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { EmptyState } from "@/shared/ui/empty-state";
import { ActionBar } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Notice } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Day, Keys } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { RuleMark, Why } from "@/shared/ui/why";

import { type Box, packing, type PackView } from "../api";
import { packQueries, usePackDeed } from "../queries";
import { BoxCard } from "./box-card";
import { Checklist } from "./checklist";
import { Findings } from "./findings";
import { PackScanner } from "./pack-scanner";

/** The packing bench: every device is scanned into a box, every box gets its waybill. */
export function PackingDesk({ order }: { order: string }) {
  const view = useQuery(packQueries.one(order));
  return <QueryView query={view}>{(data) => <Bench order={order} view={data} />}</QueryView>;
}

function Bench({ order, view }: { order: string; view: PackView }) {
  const { t } = useLingui();
  const [box, setBox] = useState(0);
  const isOpen = (one: Box) => view.open && (one.status === "" || one.status === "planned");
  const openBoxes = view.boxes.filter(isOpen);
  // The chosen box while it is open, else the last one; the first scan opens the first.
  const current = openBoxes.find((one) => one.seq === box)?.seq ?? openBoxes.at(-1)?.seq ?? 1;
  const addBox = usePackDeed(order, () => packing.addBox(order));
  const confirm = usePackDeed(order, () => packing.confirm(order));
  const handOver = usePackDeed(order, (boxes: number[]) => packing.handOver(order, boxes));
  const planned = view.boxes.filter((one) => one.status === "planned");
  const packed = openBoxes.some((one) => one.devices.length > 0);
  const ready = view.open && view.blocking === 0 && packed;

  const openAnother = () => addBox.mutate(undefined, { onSuccess: (next) => setBox(next.boxes.at(-1)?.seq ?? 0) });
  const file = () =>
    confirm.mutate(undefined, {
      onSuccess: () => toast({ text: <Trans>Boxes and waybills are on their way to the centre.</Trans> }),
    });

  useHotkeys([
    { keys: "mod+Enter", label: t`File boxes and waybills`, group: "page", run: () => ready && file() },
    { keys: "mod+shift+b", label: t`Open another box`, group: "page", run: () => view.open && openAnother() },
  ]);

  return (
    <>
      <div className="line">
        <Link href={`/orders/${order}`} className="line-link strong">
          <Code>{view.number}</Code>
        </Link>
        <TermTag of={stageTerms} value={view.stage} />
        <TermTag of={markTerms} value={view.sync} />
        <span className="grow muted">
          {t`${view.total - view.left} of ${view.total} devices packed`} ·{" "}
          <Plural value={view.boxes.length} one="# box" other="# boxes" />
        </span>
        <Link href={`/orders/${order}/labels`} className="line-link">
          <IconPrinter size={16} aria-hidden /> <Trans>Labels and packing list</Trans>
        </Link>
      </div>
      {!view.open && view.boxes.length === 0 && (
        <EmptyState icon={IconPackage} title={<Trans>Not to be packed yet</Trans>}>
          <Trans>The centre must confirm the return first; a parcel without that is refused at your cost.</Trans>{" "}
          <RuleMark rule="R03" />
        </EmptyState>
      )}
      {view.warranty.map((deadline, index) => (
        <Notice key={index} tone="warn">
          <Trans>In warranty only if the centre receives it by</Trans> <Day value={deadline.date} />
          {": "}
          <Plural value={deadline.devices?.length ?? 1} one="# device" other="# devices" /> <Why why={deadline.why} />
        </Notice>
      ))}
      {(view.open || view.boxes.length > 0) && (
        <div className="packing">
          <div className="stack">
            {view.open && <PackScanner order={order} box={current} view={view} onBox={setBox} />}
            {view.boxes.map((one) => (
              <BoxCard
                key={one.id}
                order={order}
                box={one}
                left={view.left}
                open={isOpen(one)}
                current={isOpen(one) && one.seq === current}
                onCurrent={() => setBox(one.seq)}
              />
            ))}
            {view.open && (
              <Button
                variant="default"
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={openAnother}
                style={{ alignSelf: "flex-start" }}
              >
                <Trans>Open another box</Trans>
              </Button>
            )}
          </div>
          <div className="stack packing-side">
            <Findings view={view} open={openBoxes} />
            <Checklist order={order} view={view} />
          </div>
        </div>
      )}
      {(view.open || planned.length > 0) && (
        <ActionBar>
          <span className="small muted grow">
            <RuleMark rule="R19" />{" "}
            <Trans>If a parcel is refused because of its papers, every loss is the sender's.</Trans>
          </span>
          {planned.length > 0 && (
            <Button
              variant="default"
              disabled={handOver.isPending}
              onClick={() =>
                handOver.mutate(
                  planned.map((one) => one.seq),
                  { onSuccess: () => toast({ text: <Trans>Noted: the carrier has the boxes.</Trans> }) },
                )
              }
            >
              <Plural value={planned.length} one="The carrier has the box" other="The carrier has the # boxes" />
            </Button>
          )}
          {view.open && (
            <Button disabled={!ready || confirm.isPending} onClick={file} rightSection={<Keys combo="mod+Enter" />}>
              <Trans>File boxes and waybills</Trans>
            </Button>
          )}
        </ActionBar>
      )}
    </>
  );
}
