import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { bench, type Deed } from "./api";

export const benchQueries = {
  stage: (stage: string) =>
    queryOptions({ queryKey: ["orders", "bench", stage], queryFn: () => bench.stage(stage, "") }),
  unclaimed: () => queryOptions({ queryKey: ["orders", "bench", "unclaimed"], queryFn: bench.unclaimed }),
  order: (id: string) => queryOptions({ queryKey: [`order:${id}`], queryFn: () => bench.order(id) }),
  devices: (id: string) =>
    queryOptions({ queryKey: [`order:${id}`, "all-devices"], queryFn: () => bench.devices(id) }),
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
