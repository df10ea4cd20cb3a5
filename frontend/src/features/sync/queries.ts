import { queryOptions } from "@tanstack/react-query";

import { sync } from "./api";

export const syncQueries = {
  all: () => ["sync"] as const,
  status: () => queryOptions({ queryKey: [...syncQueries.all(), "status"], queryFn: sync.status }),
  restored: () => queryOptions({ queryKey: [...syncQueries.all(), "restored"], queryFn: sync.restored }),
  outbox: () => queryOptions({ queryKey: [...syncQueries.all(), "outbox"], queryFn: sync.outbox }),
  uploads: () => queryOptions({ queryKey: ["uploads"], queryFn: sync.uploads }),
};
