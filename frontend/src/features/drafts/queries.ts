import { queryOptions } from "@tanstack/react-query";

import { drafts } from "./api";

/** Rows come in pages of this size: as many as the bridge carries well. */
export const pageSize = 200;

export const draftQueries = {
  all: () => ["drafts"] as const,
  one: (id: string) => queryOptions({ queryKey: ["drafts", id, "view"], queryFn: () => drafts.get(id) }),
  rows: (id: string) => ["drafts", id, "rows"] as const,
  page: (id: string, page: number) =>
    queryOptions({
      queryKey: [...draftQueries.rows(id), page],
      queryFn: () => drafts.rows(id, page * pageSize, pageSize),
      gcTime: 60_000,
    }),
  /** Asked again while it is read; at the end the answer stands. */
  importOf: (job: string) =>
    queryOptions({
      queryKey: ["imports", job],
      queryFn: () => drafts.importState(job),
      enabled: job !== "",
      refetchInterval: (query) => (query.state.data?.state === "reading" ? 300 : false),
    }),
};
