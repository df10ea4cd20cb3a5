import { useQuery } from "@tanstack/react-query";

import { labels, type Printer } from "./api";
import type { Paper } from "./documents";
import { labelQueries, usePrinterDeed } from "./queries";

/** The printers that can print a paper, and the one that was chosen for it, once. */
export function usePaperPrinter(paper: Paper) {
  const printers = useQuery(labelQueries.printers());
  const settings = useQuery(labelQueries.settings());
  const choose = usePrinterDeed((printer: string) => labels.setPaper(paper, printer));
  // A label printer has no A4, and a queue without a language prints nothing until it is set up.
  const known = (printers.data ?? []).filter((one) => one.language !== "" && (paper !== "sheet" || one.language === "pdf"));
  const chosen = settings.data?.papers?.find((one) => one.paper === paper)?.printer;
  const usual = paper === "sheet" ? known.find((one) => one.default) : (known.find((one) => one.set_up) ?? known.find((one) => one.default));
  const printer: Printer | undefined = known.find((one) => one.id === chosen) ?? usual ?? known[0];
  return { printers, known, printer, choose };
}
