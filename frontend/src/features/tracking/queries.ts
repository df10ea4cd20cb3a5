import { queryOptions } from "@tanstack/react-query";

import { tracking } from "./api";

export const trackingQueries = {
  list: (order: string) =>
    queryOptions({ queryKey: ["orders", "tracking", order], queryFn: () => tracking.list(order) }),
};
