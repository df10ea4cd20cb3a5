import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";

import { useScanSound } from "@/shared/lib/use-scan-sound";
import { useScanner } from "@/shared/lib/use-scanner";
import { Code } from "@/shared/ui/text";
import { WindowedList } from "@/shared/ui/windowed-list";

import type { DeviceRow } from "../api";
import { serialKey } from "../scanned";
import { useForeignScan } from "../use-foreign-scan";

interface PickDevicesProps {
  rows: DeviceRow[];
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
  /** One at a time: a new pick replaces the last. */
  single?: boolean;
  detail?: (row: DeviceRow) => ReactNode;
}

/** Devices to work on: a scan picks, so does a tick. Plain elements, so that ten thousand stay quick. */
export function PickDevices({ rows, picked, onPick, single = false, detail }: PickDevicesProps) {
  const { t } = useLingui();
  const play = useScanSound();
  const [scanned, setScanned] = useState(-1);
  const toggle = (id: string, on: boolean) => {
    if (single) return onPick(new Set(on ? [id] : []));
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    onPick(next);
  };
  const pick = (index: number): boolean => {
    const row = rows[index];
    if (row === undefined) return false;
    play(picked.has(row.device.id) ? "again" : "added");
    setScanned(index);
    toggle(row.device.id, true);
    return true;
  };
  const foreign = useForeignScan((target) => pick(rows.findIndex(({ device }) => device.id === target.device)));
  useScanner((code) => {
    const key = serialKey(code);
    if (!pick(rows.findIndex(({ device }) => serialKey(device.serial) === key))) foreign(code);
  });
  if (rows.length === 0)
    return (
      <p className="muted">
        <Trans>No device of this order is at this stage.</Trans>
      </p>
    );
  const all = rows.every(({ device }) => picked.has(device.id));
  return (
    <>
      {!single && rows.length > 1 && (
        <label className="bench-pick">
          <input
            type="checkbox"
            className="check"
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = !all && picked.size > 0;
            }}
            onChange={(event) => onPick(new Set(event.currentTarget.checked ? rows.map(({ device }) => device.id) : []))}
          />
          {t`All ${rows.length}`}
        </label>
      )}
      <WindowedList label={t`Devices`} items={rows} keyOf={(row) => row.device.id} reveal={scanned}>
        {(row) => (
          <label className="bench-pick" data-picked={picked.has(row.device.id) || undefined}>
            <input
              type="checkbox"
              className="check"
              aria-label={`${row.device.serial} ${row.device.model}`}
              checked={picked.has(row.device.id)}
              onChange={(event) => toggle(row.device.id, event.currentTarget.checked)}
            />
            <Code>{row.device.serial}</Code> <span className="muted nowrap">{row.device.model}</span>
            {detail && <span className="grow truncate">{detail(row)}</span>}
          </label>
        )}
      </WindowedList>
    </>
  );
}
