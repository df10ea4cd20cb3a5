import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Progress } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { tAppError } from "@/shared/i18n/t-error";
import { Notice } from "@/shared/ui/tag";
import { Keys } from "@/shared/ui/text";

import type { ImportColumn } from "../api";
import { draftQueries } from "../queries";
import { MappingDialog } from "./mapping-dialog";

interface ImportStripProps {
  draft: string;
  job: string;
  onUndo: () => void;
  onCancel: () => void;
  onClose: () => void;
  onRemap: (columns: ImportColumn[]) => void;
}

/** What was read from a paste or a file, what worked first; one line, no dialog when it is sure. */
export function ImportStrip({ draft, job, onUndo, onCancel, onClose, onRemap }: ImportStripProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const query = useQuery(draftQueries.importOf(job));
  const [mapping, setMapping] = useState(false);
  const view = query.data;
  const state = view?.state;
  const unsure = state === "done" && (view?.confidence ?? 100) < 90 && (view?.columns?.length ?? 0) > 0;

  useEffect(() => {
    if (state === "done") void client.invalidateQueries({ queryKey: [...draftQueries.all(), draft] });
  }, [client, draft, state]);
  useEffect(() => {
    if (unsure) setMapping(true);
  }, [unsure, job]);

  if (view === undefined) return null;
  const known = (view.columns ?? []).filter(({ field }) => field !== "ignore" && field !== "extra").length;
  const left = (view.sheets ?? []).filter((sheet) => !sheet.taken);

  if (state === "failed") {
    return (
      <Notice tone="error" role="alert">
        {view.error ? tAppError(view.error) : t`The file could not be read.`}{" "}
        <button type="button" className="link" onClick={onClose}>
          <Trans>Close</Trans>
        </button>
      </Notice>
    );
  }
  if (state === "cancelled") {
    return (
      <Notice tone="info" role="status">
        <Trans>The import was stopped. Nothing of it was kept.</Trans>{" "}
        <button type="button" className="link" onClick={onClose}>
          <Trans>Close</Trans>
        </button>
      </Notice>
    );
  }
  if (state === "reading") {
    return (
      <div className="import-strip" role="status">
        <span>
          {view.name || t`Pasted text`}: <Plural value={view.lines} one="# line read" other="# lines read" />
        </span>
        <Progress className="grow" value={view.percent} aria-label={t`Reading`} transitionDuration={0} />
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          <Trans>Stop</Trans>
        </Button>
      </div>
    );
  }
  return (
    <div className="import-strip" role="status">
      <span className="strong">
        {view.added === 0 ? <Trans>Nothing was added</Trans> : <Plural value={view.added} one="# row added" other="# rows added" />}
      </span>
      {view.columns?.length > 0 && (
        <span>
          <Plural value={view.columns.length} one={`${known} of # column understood`} other={`${known} of # columns understood`} />
        </span>
      )}
      {view.duplicate > 0 && <span className="ink-warn"><Plural value={view.duplicate} one="# duplicate" other="# duplicates" /></span>}
      {view.damaged > 0 && <span className="ink-error"><Plural value={view.damaged} one="# damaged by the spreadsheet" other="# damaged by the spreadsheet" /></span>}
      {view.missing > 0 && <span className="ink-error"><Plural value={view.missing} one="# without a serial" other="# without a serial" /></span>}
      {view.skipped > 0 && <span className="muted"><Plural value={view.skipped} one="# title or blank line skipped" other="# title or blank lines skipped" /></span>}
      {left.length > 0 && <span className="muted"><Trans>Sheets not taken: {left.map((sheet) => sheet.name).join(", ")}</Trans></span>}
      <span className="grow" />
      {view.columns?.length > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => setMapping(true)}>
          <Trans>Change columns</Trans>
        </Button>
      )}
      <Button size="compact-sm" variant="default" rightSection={<Keys combo="mod+z" />} onClick={onUndo}>
        <Trans>Undo</Trans>
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onClose}>
        <Trans>Close</Trans>
      </Button>
      {mapping && (
        <MappingDialog
          view={view}
          onClose={() => setMapping(false)}
          onApply={(columns) => {
            setMapping(false);
            onRemap(columns);
          }}
        />
      )}
    </div>
  );
}
