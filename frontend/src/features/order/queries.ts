import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type Command, order } from "./api";

export const devicesShown = 100;

export interface DeviceFilter {
  statuses: string[];
  text: string;
  page: number;
}

export const orderQuery = {
  one: (id: string) => queryOptions({ queryKey: [`order:${id}`], queryFn: () => order.get(id) }),
  devices: (id: string, { statuses, text, page }: DeviceFilter) =>
    queryOptions({
      queryKey: [`order:${id}`, "devices", statuses, text, page],
      queryFn: () => order.devices({ order: id, statuses, text, offset: page * devicesShown, limit: devicesShown }),
      placeholderData: keepPreviousData,
    }),
};

/** Queues a decision about this work order; what is shown is read again at once. */
export function useOrderDeed(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (command: Partial<Command> & Pick<Command, "kind">) => order.act(id, command),
    onSettled: () => client.invalidateQueries({ queryKey: [`order:${id}`] }),
  });
}
