import { useLocation } from "wouter";

import { orders } from "@/features/orders/api";
import { toastError } from "@/shared/ui/toast";

import { openPalette } from "./palette-state";

/** Where a scan leads when the screen has no use for it. What is unknown is shown, never guessed. */
export function useScanRouting(): (code: string) => void {
  const [, navigate] = useLocation();
  return (code) => {
    orders
      .scan(code)
      .then((target) => {
        if (target.order === "") openPalette(code);
        else navigate(`/orders/${target.order}${target.device === "" ? "" : `?device=${target.device}`}`);
      })
      .catch(toastError);
  };
}
