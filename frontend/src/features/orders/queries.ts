import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { orders } from "./api";

export const pageSize = 100;

export interface OrderFilter {
  text: string;
  stages: string[];
  mine: string;
}

export const orderQueries = {
  all: () => ["orders"] as const,
  list: (filter: OrderFilter) =>
    infiniteQueryOptions({
      queryKey: [...orderQueries.all(), "list", filter],
      queryFn: ({ pageParam }) => orders.list({ ...filter, after: pageParam, limit: pageSize }),
      initialPageParam: "",
      getNextPageParam: (page) => page.next || undefined,
      placeholderData: keepPreviousData,
    }),
  search: (text: string) =>
    queryOptions({
      queryKey: [...orderQueries.all(), "search", text],
      queryFn: async () => ({
        orders: await orders.list({ text, stages: [], mine: "", after: "", limit: 8 }),
        devices: await orders.findDevices(text),
      }),
      placeholderData: keepPreviousData,
    }),
};
