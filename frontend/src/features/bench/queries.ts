import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { bench, type Deed } from "./api";

export const benchQueries = {
  stage: (stage: string) =>
    infiniteQueryOptions({
      queryKey: ["orders", "bench", stage],
      queryFn: ({ pageParam }) => bench.stage(stage, pageParam),
      initialPageParam: "",
      getNextPageParam: (last, pages) => {
        const shown = pages.reduce((sum, page) => sum + page.rows.length, 0);
        return last.rows.length > 0 && shown < last.total ? String(shown) : undefined;
      },
    }),
  label: (code: string, counted: string[]) =>
    queryOptions({
      queryKey: ["orders", "label-check", code, counted],
      queryFn: () => bench.checkLabel(code, counted),
      placeholderData: keepPreviousData,
    }),
  unclaimed: () => queryOptions({ queryKey: ["orders", "bench", "unclaimed"], queryFn: bench.unclaimed }),
  order: (id: string) => queryOptions({ queryKey: [`order:${id}`], queryFn: () => bench.order(id) }),
  devices: (id: string) =>
    queryOptions({ queryKey: [`order:${id}`, "all-devices"], queryFn: () => bench.devices(id) }),
  currencies: () => queryOptions({ queryKey: ["centre", "currencies"], queryFn: bench.currencies }),
  catalog: () => queryOptions({ queryKey: ["catalog"], queryFn: bench.catalog, staleTime: Infinity }),
};

/** Queues a deed of the bench about one work order; "" for parcels that belong to none. */
export function useDeed(order: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deed: Deed) => bench.act(order, deed),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [`order:${order}`] }),
        client.invalidateQueries({ queryKey: ["orders"] }),
      ]),
  });
}
