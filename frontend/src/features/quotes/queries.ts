import { queryOptions } from "@tanstack/react-query";

import { quotes } from "./api";

export const quoteQueries = {
  open: () => queryOptions({ queryKey: ["orders", "quotes"], queryFn: quotes.open }),
  review: (order: string) =>
    queryOptions({ queryKey: ["orders", "quotes", order], queryFn: () => quotes.review(order) }),
};
