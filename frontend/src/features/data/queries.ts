import { queryOptions } from "@tanstack/react-query";

import { data } from "./api";

export const dataQueries = {
  all: () => ["data"] as const,
  state: () => queryOptions({ queryKey: [...dataQueries.all(), "state"], queryFn: data.state }),
};
