import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { devices } from "./api";

export const deviceQueries = {
  find: (text: string) =>
    queryOptions({
      queryKey: ["orders", "devices", text],
      queryFn: () => devices.find(text),
      enabled: text.trim().length > 2,
      placeholderData: keepPreviousData,
    }),
};
