import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { currentLocale } from "@/shared/i18n/i18n";

import { type Command, order } from "./api";

export const devicesShown = 100;

export interface DeviceFilter {
  statuses: string[];
  text: string;
  page: number;
}

export const orderQuery = {
  one: (id: string) => queryOptions({ queryKey: [`order:${id}`], queryFn: () => order.get(id) }),
  catalog: () => queryOptions({ queryKey: ["catalog"], queryFn: order.catalog, staleTime: Infinity }),
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

/** The words of codes that come from the embedded lists: carriers, and why a parcel was refused. */
export function useNames(): { carrier: (code: string) => string; rejection: (code: string) => string } {
  const { data } = useQuery(orderQuery.catalog());
  const zh = currentLocale() === "zh-CN";
  const named = (rows: readonly { code: string; en: string; zh: string }[] | undefined, code: string) => {
    const row = rows?.find((one) => one.code === code);
    return row === undefined ? code : zh ? row.zh : row.en;
  };
  return {
    carrier: (code) => named(data?.carriers, code),
    rejection: (code) => named(data?.rejections, code),
  };
}
