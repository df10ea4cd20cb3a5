import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { type LabelRequest, labels } from "./api";

export const labelQueries = {
  // Under "orders" and "packing": what is on paper follows what is in the boxes.
  preview: (request: LabelRequest) =>
    queryOptions({
      queryKey: ["orders", "labels", request],
      queryFn: () => labels.preview(request),
      placeholderData: keepPreviousData,
    }),
  printers: () => queryOptions({ queryKey: ["printers"], queryFn: labels.printers }),
};
