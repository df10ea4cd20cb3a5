import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { toastError } from "@/shared/ui/toast";

import { type LabelRequest, labels, type PrintSettings } from "./api";

export const labelQueries = {
  // Under "orders" and "packing": what is on paper follows what is in the boxes.
  preview: (request: LabelRequest) =>
    queryOptions({
      queryKey: ["orders", "labels", request],
      queryFn: () => labels.preview(request),
      placeholderData: keepPreviousData,
    }),
  // Under "orders" too: what the centre has found, offered and received.
  papers: (order: string) => queryOptions({ queryKey: ["orders", "papers", order], queryFn: () => labels.papers(order) }),
  printers: () => queryOptions({ queryKey: ["printers", "list"], queryFn: labels.printers }),
  settings: () => queryOptions({ queryKey: ["printers", "settings"], queryFn: labels.settings }),
  calibration: (printer: string, stock: string) =>
    queryOptions({ queryKey: ["printers", "calibration", printer, stock], queryFn: () => labels.calibration(printer, stock) }),
  sheets: () => queryOptions({ queryKey: ["prints", "sheets"], queryFn: labels.sheets }),
  jobs: () => queryOptions({ queryKey: ["prints", "jobs"], queryFn: labels.jobs }),
  scanBack: (request: LabelRequest, codes: string[]) =>
    queryOptions({
      queryKey: ["orders", "scan-back", request, codes],
      queryFn: () => labels.scanBack(request, codes),
      placeholderData: keepPreviousData,
    }),
};

/** Changes how this computer prints; the answer is all that is set up now. */
export function usePrinterDeed<Input>(deed: (input: Input) => Promise<PrintSettings>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: (settings) => {
      client.setQueryData(labelQueries.settings().queryKey, settings);
      void client.invalidateQueries({ queryKey: ["printers"] });
    },
  });
}

/** Does something to a print job; the history follows. */
export function useJobDeed(deed: (job: string) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onError: toastError,
    onSettled: () => client.invalidateQueries({ queryKey: ["prints"] }),
  });
}
