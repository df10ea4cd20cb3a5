import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { IconTrash, IconX } from "@tabler/icons-react";
import { useState } from "react";

import { parcelTerms } from "@/shared/i18n/terms";
import { Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code } from "@/shared/ui/text";

import { type Box, packing } from "../api";
import { usePackDeed } from "../queries";
import { WaybillForm } from "./waybill-form";

interface BoxCardProps {
  order: string;
  box: Box;
  left: number;
  open: boolean;
  current: boolean;
  onCurrent: () => void;
}

const shownAtFirst = 12;

/** One box: what is in it, and the paper that goes on it. */
export function BoxCard({ order, box, left, open, current, onCurrent }: BoxCardProps) {
  const { t } = useLingui();
  const [all, setAll] = useState(false);
  const remove = usePackDeed(order, () => packing.removeBox(order, box.seq));
  const unpack = usePackDeed(order, (device: string) => packing.unpack(order, device));
  const rest = usePackDeed(order, () => packing.packRest(order, box.seq, left));
  const shown = all ? box.devices : box.devices.slice(0, shownAtFirst);
  return (
    <section className="card box" data-current={current || undefined} id={`box-${box.seq}`}>
      <div className="card-head">
        <h2>
          <Trans>
            Box {box.seq} of {box.of}
          </Trans>
        </h2>
        <span className="muted">
          <Plural value={box.devices.length} one="# device" other="# devices" />
        </span>
        {current && open && (
          <Tag tone="ok">
            <Trans>Scans go here</Trans>
          </Tag>
        )}
        {box.replaces !== "" && (
          <Tag tone="warn">
            <Trans>Sent again</Trans>
          </Tag>
        )}
        {box.status !== "" && <TermTag of={parcelTerms} value={box.status} />}
        <span className="grow" />
        {open && !current && (
          <Button size="compact-sm" variant="default" onClick={onCurrent}>
            <Trans>Scan into this box</Trans>
          </Button>
        )}
        {open && left > 0 && (
          <Button size="compact-sm" variant="subtle" onClick={() => rest.mutate(undefined)}>
            <Plural value={left} one="Put the last one in here" other="Put the # left in here" />
          </Button>
        )}
        {open && (
          <ActionIcon variant="subtle" aria-label={t`Unpack and remove box ${box.seq}`} onClick={() => remove.mutate(undefined)}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <ul className="box-devices">
        {shown.map((device) => (
          <li key={device.id}>
            <Code>{device.serial}</Code> <span className="muted">{device.model}</span>
            {open && (
              <ActionIcon
                size={24}
                variant="subtle"
                aria-label={t`Take ${device.serial} out`}
                onClick={() => unpack.mutate(device.id)}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {box.devices.length > shown.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          <Trans>Show all {box.devices.length}</Trans>
        </button>
      )}
      {open ? (
        <WaybillForm order={order} box={box} />
      ) : (
        box.waybill !== "" && (
          <p className="muted">
            <Trans>Waybill</Trans> <Code>{box.waybill}</Code>
          </p>
        )
      )}
    </section>
  );
}
