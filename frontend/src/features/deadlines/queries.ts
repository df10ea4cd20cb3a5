import { queryOptions } from "@tanstack/react-query";

import { deadlines } from "./api";

export const deadlineQueries = {
  // Under "orders": every change of a work order may move a deadline.
  list: () => queryOptions({ queryKey: ["orders", "deadlines"], queryFn: deadlines.list }),
};
