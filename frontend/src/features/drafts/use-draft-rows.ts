import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import type { Finding } from "@/shared/bridge/models";
import { tError } from "@/shared/i18n/t-error";
import type { GridProblem, GridRow, GridSource } from "@/shared/ui/grid/types";

import type { DraftRow } from "./api";
import { draftQueries, pageSize } from "./queries";

/** The grid's source: pages of rows around what is on the screen, fetched from Go. */
export function useDraftRows(id: string, rowCount: number): GridSource {
  const client = useQueryClient();
  // The pages on the screen, not the rows: scrolling inside a page draws nothing here.
  const [wanted, setWanted] = useState({ from: 0, to: 0 });
  const lastPage = Math.ceil(rowCount / pageSize) - 1;
  const pages: number[] = [];
  for (let page = wanted.from; page <= Math.min(wanted.to, lastPage); page++) pages.push(page);
  const results = useQueries({ queries: pages.map((page) => draftQueries.page(id, page)) });

  const loaded = new Map<number, GridRow>();
  results.forEach((result, i) => {
    result.data?.rows.forEach((row, n) => loaded.set(pages[i]! * pageSize + n, toGridRow(row)));
  });
  const getRow = (index: number) => loaded.get(index);

  const onVisible = useCallback(
    (first: number, last: number) => {
      const from = Math.floor(first / pageSize);
      const to = Math.floor(last / pageSize);
      setWanted((now) => (now.from === from && now.to === to ? now : { from, to }));
    },
    [],
  );

  const readRows = useMemo(
    () => async (from: number, to: number) => {
      const rows: GridRow[] = [];
      for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page++) {
        const { rows: all } = await client.fetchQuery(draftQueries.page(id, page));
        all.forEach((row, n) => {
          const index = page * pageSize + n;
          if (index >= from && index <= to) rows.push(toGridRow(row));
        });
      }
      return rows;
    },
    [client, id],
  );

  return { rowCount, getRow, onVisible, readRows };
}

// A row is the same object while Go's answer is: plain rows draw only what changed.
const shown = new WeakMap<DraftRow, GridRow>();

function toGridRow(row: DraftRow): GridRow {
  const known = shown.get(row);
  if (known) return known;
  const problems = (row.findings ?? []).map(toProblem);
  const values: Record<string, string> = {
    serial: row.serial,
    model: row.model,
    complaint: row.complaint,
    ship_date: row.ship_date,
    photos: row.photos?.length ? String(row.photos.length) : "",
    check: problems.map((problem) => problem.text).join(" · "),
  };
  for (const [name, value] of Object.entries(row.extra ?? {})) values[`extra:${name}`] = value;
  const made = { id: row.id, values, problems };
  shown.set(row, made);
  return made;
}

function toProblem(finding: Finding): GridProblem {
  const column = finding.column === "shipped" ? "ship_date" : (finding.column ?? "");
  return { column, blocking: finding.severity === "blocking", text: tError(finding.code, finding.args) };
}

