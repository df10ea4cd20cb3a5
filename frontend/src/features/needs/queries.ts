import { queryOptions } from "@tanstack/react-query";

import { needs } from "./api";

export const needsQueries = {
  list: () => queryOptions({ queryKey: ["needs"], queryFn: needs.list }),
};
