import { Trans, useLingui } from "@lingui/react/macro";
import { Checkbox } from "@mantine/core";
import type { ReactNode } from "react";

import { useScanner } from "@/shared/lib/use-scanner";
import { Code } from "@/shared/ui/text";

import type { DeviceRow } from "../api";
import { serialKey } from "../scanned";

interface PickDevicesProps {
  rows: DeviceRow[];
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
  /** One at a time: a new pick replaces the last. */
  single?: boolean;
  detail?: (row: DeviceRow) => ReactNode;
}

/** Devices to work on: a scan picks, so does a tick. */
export function PickDevices({ rows, picked, onPick, single = false, detail }: PickDevicesProps) {
  const { t } = useLingui();
  const toggle = (id: string, on: boolean) => {
    if (single) return onPick(new Set(on ? [id] : []));
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    onPick(next);
  };
  useScanner((code) => {
    const row = rows.find(({ device }) => serialKey(device.serial) === serialKey(code));
    if (row) toggle(row.device.id, true);
  });
  return (
    <>
      {!single && rows.length > 1 && (
        <Checkbox
          label={t`All ${rows.length}`}
          checked={picked.size === rows.length}
          indeterminate={picked.size > 0 && picked.size < rows.length}
          onChange={(event) => onPick(new Set(event.currentTarget.checked ? rows.map(({ device }) => device.id) : []))}
        />
      )}
      <ul className="bench-picks" aria-label={t`Devices`}>
        {rows.map((row) => (
          <li key={row.device.id} data-picked={picked.has(row.device.id) || undefined}>
            <Checkbox
              checked={picked.has(row.device.id)}
              onChange={(event) => toggle(row.device.id, event.currentTarget.checked)}
              label={
                <>
                  <Code>{row.device.serial}</Code> <span className="muted">{row.device.model}</span>
                </>
              }
            />
            <span className="grow">{detail?.(row)}</span>
          </li>
        ))}
      </ul>
      {rows.length === 0 && (
        <p className="muted">
          <Trans>No device of this order is at this stage.</Trans>
        </p>
      )}
    </>
  );
}
