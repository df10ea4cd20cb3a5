import { queryOptions, useQuery } from "@tanstack/react-query";

import { currentLocale } from "@/shared/i18n/i18n";

import { tracking } from "./api";

export const trackingQueries = {
  list: (order: string) =>
    queryOptions({ queryKey: ["orders", "tracking", order], queryFn: () => tracking.list(order) }),
  carriers: () => queryOptions({ queryKey: ["catalog", "carriers"], queryFn: tracking.carriers, staleTime: Infinity }),
  services: () => queryOptions({ queryKey: ["centre", "tracking"], queryFn: tracking.services }),
};

/** The name of a carrier in the person's language. */
export function useCarrierName(): (code: string) => string {
  const { data } = useQuery(trackingQueries.carriers());
  const zh = currentLocale() === "zh-CN";
  return (code) => {
    const row = data?.find((one) => one.code === code);
    return row === undefined ? code : zh ? row.zh : row.en;
  };
}
