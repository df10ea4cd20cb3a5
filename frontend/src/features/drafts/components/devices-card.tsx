import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconScan } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type DragEvent, type RefObject, useMemo, useRef, useState } from "react";

import { playScan } from "@/shared/lib/sound";
import { useGridSize } from "@/shared/lib/use-grid-size";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { useScanner } from "@/shared/lib/use-scanner";
import { DeviceGrid } from "@/shared/ui/grid/device-grid";
import { gridKeys } from "@/shared/ui/grid/grid-hotkeys";
import type { GridColumn, GridHandle } from "@/shared/ui/grid/types";
import { Card } from "@/shared/ui/page";
import { Tag } from "@/shared/ui/tag";
import { toastError } from "@/shared/ui/toast";

import { type DraftView, drafts } from "../api";
import { draftQueries } from "../queries";
import type { DraftDeeds } from "../use-draft";
import { useDraftRows } from "../use-draft-rows";
import { ImportStrip } from "./import-strip";

export interface DraftCatalog {
  models: string[];
  countries: string[];
}

interface DevicesCardProps {
  draft: DraftView;
  deeds: DraftDeeds;
  grid: RefObject<GridHandle | null>;
  models: string[];
  sound: boolean;
  readOnly: boolean;
}

/** The devices: scan, paste, a file, or typing, all into one grid. */
export function DevicesCard({ draft, deeds, grid, models, sound, readOnly }: DevicesCardProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const source = useDraftRows(draft.id, draft.row_count);
  const file = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const [dropping, setDropping] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const { rowHeight, height } = useGridSize(place, ".editor");
  useHotkeys(gridKeys());

  const scanned = async (code: string) => {
    try {
      const scan = await drafts.scan(draft.id, code);
      if (scan.outcome === "not_a_serial") {
        setSaid(t`Not a serial: ${code}`);
        if (sound) playScan("refused");
        return;
      }
      const added = scan.outcome === "added";
      if (sound) playScan(added ? "added" : "again");
      setSaid(
        added
          ? t`Row ${scan.line} added: ${scan.serial}`
          : scan.line > 0
            ? t`Already here in row ${scan.line}: ${scan.serial}`
            : t`Already in ${scan.where}: ${scan.serial}`,
      );
      await client.invalidateQueries({ queryKey: [...draftQueries.all(), draft.id] });
      if (scan.line > 0) requestAnimationFrame(() => grid.current?.goTo(scan.line - 1, "serial", true));
    } catch (thrown) {
      toastError(thrown);
    }
  };
  useScanner((code) => void scanned(code), !readOnly);

  const take = (files: File[], row: string | undefined) => {
    const photos = files.filter((one) => one.type.startsWith("image/"));
    const tables = files.filter((one) => !one.type.startsWith("image/"));
    for (const table of tables) void deeds.importFile(table);
    if (photos.length > 0 && row !== undefined) void deeds.attachPhotos(row, photos);
    else if (photos.length > 0) setSaid(t`Drop a photo on the row of its device.`);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    const line = (event.target as HTMLElement).closest<HTMLElement>("[data-row]")?.dataset.row;
    take([...event.dataTransfer.files], line === undefined ? undefined : source.getRow(Number(line))?.id);
  };

  const extra = (draft.columns ?? []).join("\n");
  const columns = useMemo<GridColumn[]>(
    () => [
      { key: "serial", title: t`Serial`, width: "160px", code: true },
      { key: "model", title: t`Model`, width: "116px", options: models },
      { key: "complaint", title: t`What is wrong`, width: "minmax(140px, 1fr)" },
      { key: "ship_date", title: t`Ship date`, width: "104px", code: true },
      ...extra.split("\n").filter(Boolean).map((name) => ({ key: `extra:${name}`, title: name, width: "130px" })),
      { key: "photos", title: t`Photos`, width: "68px", readOnly: true },
      { key: "check", title: t`Check`, width: "minmax(220px, 1fr)", readOnly: true },
    ],
    [t, models, extra],
  );

  return (
    <Card
      className={dropping ? "devices-card flash" : "devices-card"}
      title={t`Devices`}
      actions={
        !readOnly && (
          <span className="devices-ways">
            <Trans>
              Paste from Excel, scan, or{" "}
              <button type="button" className="link" onClick={() => file.current?.click()}>
                choose a file
              </button>
            </Trans>
          </span>
        )
      }
    >
      <input
        ref={file}
        type="file"
        hidden
        aria-label={t`Choose a file`}
        accept=".xlsx,.xls,.csv,.tsv,.txt"
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])], undefined);
          event.currentTarget.value = "";
        }}
      />
      {!readOnly && (
        <div className="devices-line">
          <Tag tone="ok" icon={IconScan}>
            <Trans>Scanner ready – just scan</Trans>
          </Tag>
          <span role="alert" className="strong">
            {said}
          </span>
          <span role="status" className="muted">
            {deeds.saving === 0 && <Trans>One moment…</Trans>}
            {deeds.saving !== undefined && deeds.saving > 0 && (
              <Plural value={deeds.saving} one="Saving # row…" other="Saving # rows…" />
            )}
          </span>
        </div>
      )}
      {deeds.job !== "" && !readOnly && (
        <ImportStrip
          key={deeds.job}
          draft={draft.id}
          job={deeds.job}
          onUndo={() => {
            deeds.closeImport();
            void deeds.undo();
          }}
          onCancel={() => void deeds.cancelImport()}
          onClose={deeds.closeImport}
          onRemap={(columns) => void deeds.remap(columns)}
        />
      )}
      <div
        ref={place}
        className="devices-grid"
        onDragOver={(event) => {
          if (readOnly || !event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={readOnly ? undefined : drop}
      >
        <DeviceGrid
          ref={grid}
          label={t`Devices`}
          columns={columns}
          source={source}
          actions={deeds.grid}
          height={height}
          rowHeight={rowHeight}
          readOnly={readOnly}
        />
      </div>
    </Card>
  );
}
