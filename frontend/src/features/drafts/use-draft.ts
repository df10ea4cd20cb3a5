import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import type { GridActions } from "@/shared/ui/grid/types";
import { singleCell } from "@/shared/ui/grid/tsv";
import { toastError } from "@/shared/ui/toast";

import { type CellEdit, type DraftView, drafts, type ImportView, type RowPage } from "./api";
import { draftQueries } from "./queries";
import { saveLane } from "./save-lane";

/** What takes longer than this, in milliseconds, says that it is under way. */
const unnoticed = 90;

/** What the editor can do with one draft. Each deed is saved at once and is one step to undo. */
export function useDraft(id: string, rowCount: number) {
  const client = useQueryClient();
  const [job, setJob] = useState("");
  // How many rows are being saved for longer than a person would not notice;
  // 0 for nobody knows, undefined for none.
  const [saving, setSaving] = useState<number>();

  const show = useCallback(
    async (draft: DraftView, rowsToo: boolean) => {
      client.setQueryData(draftQueries.one(id).queryKey, draft);
      if (rowsToo) await client.invalidateQueries({ queryKey: draftQueries.rows(id) });
    },
    [client, id],
  );

  const imported = useCallback(
    async (view: ImportView) => {
      client.setQueryData(draftQueries.importOf(view.job).queryKey, view);
      if (view.job !== "") setJob(view.job);
      await client.invalidateQueries({ queryKey: [...draftQueries.all(), id] });
    },
    [client, id],
  );

  const lane = useMemo(() => {
    // The draft as it was read may still name an edit that is over now.
    const forget = () =>
      client.setQueryData(draftQueries.one(id).queryKey, (draft) => (draft?.typing ? { ...draft, typing: undefined } : draft));
    return saveLane(async (cell) => {
      if (cell) return drafts.typing(id, cell.row, cell.column, cell.value);
      await drafts.stopTyping(id);
      forget();
    }, toastError);
  }, [client, id]);

  return useMemo(() => {
    const patiently = async <T>(rows: number, work: Promise<T>): Promise<T> => {
      const timer = setTimeout(() => setSaving(rows), unnoticed);
      return work.finally(() => {
        clearTimeout(timer);
        setSaving(undefined);
      });
    };

    const deed = (work: () => Promise<DraftView>, rows = 0) => () =>
      patiently(rows, lane.save(work).then((draft) => show(draft, true))).catch(toastError);

    const grid: GridActions = {
      edit: (edits) => {
        showAtOnce(edits);
        void deed(() => drafts.edit(id, edits), edits.length)();
      },
      typing: lane.type,
      insert: (at, count) => void deed(() => drafts.insert(id, at, count), count)(),
      remove: (rows) => void deed(() => drafts.remove(id, rows), rows.length)(),
      paste: (text, { row, column }) => {
        const table = singleCell(text) === undefined && row >= rowCount;
        const done = table
          ? drafts.pasteTable(id, text).then(imported)
          : lane
              .save(() => drafts.paste(id, row, column, text))
              .then(() => drafts.get(id))
              .then((draft) => show(draft, true));
        patiently(text.split("\n").length, done).catch(toastError);
      },
    };

    /** A typed value is on the screen before Go has answered. */
    function showAtOnce(edits: CellEdit[]): void {
      const byRow = new Map<string, CellEdit[]>();
      for (const edit of edits) byRow.set(edit.row, [...(byRow.get(edit.row) ?? []), edit]);
      // An answer already on its way is older than what was typed.
      void client.cancelQueries({ queryKey: draftQueries.rows(id) }, { revert: false });
      client.setQueriesData<RowPage>({ queryKey: draftQueries.rows(id) }, (page) => {
        if (!page?.rows.some((row) => byRow.has(row.id))) return page;
        return {
          ...page,
          rows: page.rows.map((row) => {
            const mine = byRow.get(row.id);
            if (!mine) return row;
            const next = { ...row, extra: { ...row.extra } };
            for (const { column, value } of mine) {
              if (column.startsWith("extra:")) next.extra[column.slice(6)] = value;
              else if (column === "serial" || column === "model" || column === "complaint" || column === "ship_date") {
                next[column] = value;
              }
            }
            return next;
          }),
        };
      });
    }

    return {
      job,
      saving,
      grid,
      show,
      closeImport: () => setJob(""),
      undo: deed(() => drafts.undo(id)),
      redo: deed(() => drafts.redo(id)),
      removeDuplicates: deed(() => drafts.removeDuplicates(id)),
      send: deed(() => drafts.send(id)),
      /** Sends, and gives what was sent. */
      sendNow: () => lane.save(() => drafts.send(id)),
      cancelSend: deed(() => drafts.cancelSend(id)),
      importFile: (file: File) => drafts.importFile(id, file).then(imported).catch(toastError),
      remap: (columns: ImportView["columns"]) => drafts.remap(job, columns).then(imported).catch(toastError),
      cancelImport: () => drafts.cancelImport(job).then(imported).catch(toastError),
      attachPhotos: async (row: string, files: File[]) => {
        try {
          for (const file of files) {
            const stored = await drafts.storePhoto(file);
            await show(await drafts.attachPhoto(id, row, stored), true);
          }
        } catch (thrown) {
          toastError(thrown);
        }
      },
    };
  }, [client, id, imported, job, lane, rowCount, saving, show]);
}

export type DraftDeeds = ReturnType<typeof useDraft>;
