import { queryOptions } from "@tanstack/react-query";

import { payments } from "./api";

export const paymentQueries = {
  open: () => queryOptions({ queryKey: ["orders", "payments"], queryFn: payments.open }),
  sheet: (order: string) =>
    queryOptions({ queryKey: ["orders", "payments", order], queryFn: () => payments.sheet(order) }),
  pageCode: (link: string) =>
    queryOptions({ queryKey: ["page-code", link], queryFn: () => payments.pageCode(link), staleTime: Infinity }),
};
