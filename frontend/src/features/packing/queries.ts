import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { toastError } from "@/shared/ui/toast";

import { packing, type PackView } from "./api";

export const packQueries = {
  one: (order: string) => queryOptions({ queryKey: [`packing:${order}`], queryFn: () => packing.get(order) }),
  carriers: () => queryOptions({ queryKey: ["catalog", "carriers"], queryFn: packing.carriers, staleTime: Infinity }),
  waybill: (carrier: string, number: string) =>
    queryOptions({
      queryKey: ["waybill", carrier, number],
      queryFn: () => packing.checkWaybill(carrier, number),
      enabled: carrier !== "" && number.trim() !== "",
      staleTime: Infinity,
    }),
};

/** Runs a deed of the packing bench; its answer is the bench as it stands now. */
export function usePackDeed<Input>(order: string, deed: (input: Input) => Promise<PackView>) {
  const client = useQueryClient();
  return useMutation({
    // One after the other: the last thing typed must be the last thing saved.
    scope: { id: `packing:${order}` },
    mutationFn: deed,
    onSuccess: (view) => client.setQueryData(packQueries.one(order).queryKey, view),
    onError: toastError,
  });
}
