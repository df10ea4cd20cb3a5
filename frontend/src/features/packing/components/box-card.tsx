import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconTrash, IconX } from "@tabler/icons-react";
import { parcelTerms } from "@/shared/i18n/terms";
import { StoredFiles } from "@/shared/ui/stored-files";
import { Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code } from "@/shared/ui/text";
import { WindowedList } from "@/shared/ui/windowed-list";

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

/** One box: what is in it, and the paper that goes on it. */
export function BoxCard({ order, box, left, open, current, onCurrent }: BoxCardProps) {
  const { t } = useLingui();
  const remove = usePackDeed(order, () => packing.removeBox(order, box.seq));
  const unpack = usePackDeed(order, (device: string) => packing.unpack(order, device));
  const rest = usePackDeed(order, () => packing.packRest(order, box.seq, left));
  return (
    <section className="card box" data-current={current || undefined} id={open ? `box-${box.seq}` : undefined}>
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
          <button type="button" className="icon-button" aria-label={t`Unpack and remove box ${box.seq}`} onClick={() => remove.mutate(undefined)}>
            <IconTrash size={16} aria-hidden />
          </button>
        )}
      </div>
      {box.devices.length === 0 ? (
        <p className="muted">
          <Trans>Empty: scan a device into it.</Trans>
        </p>
      ) : (
        <WindowedList label={t`Devices in box ${box.seq}`} items={box.devices} keyOf={(device) => device.id} rowHeight={32} maxHeight={256} reveal={box.devices.length - 1}>
          {(device) => (
            <span className="box-device">
              <Code>{device.serial}</Code> <span className="muted truncate">{device.model}</span>
              <span className="grow" />
              {open && (
                <button type="button" className="icon-button" aria-label={t`Take ${device.serial} out`} onClick={() => unpack.mutate(device.id)}>
                  <IconX size={14} aria-hidden />
                </button>
              )}
            </span>
          )}
        </WindowedList>
      )}
      {open ? (
        // A scanned waybill or one that came from the centre is a new form; what is typed is this one's.
        <WaybillForm key={box.checked_by === "scan" ? box.waybill : box.id} order={order} box={box} />
      ) : (
        box.waybill !== "" && (
          <div className="line muted">
            <span>
              <Trans>Waybill</Trans> <Code>{box.waybill}</Code>
            </span>
            <StoredFiles files={box.photos} />
          </div>
        )
      )}
    </section>
  );
}
