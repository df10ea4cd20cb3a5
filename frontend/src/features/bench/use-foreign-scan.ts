import { useLingui } from "@lingui/react/macro";
import { createContext, useContext } from "react";
import { useLocation } from "wouter";

import { useScanSound } from "@/shared/lib/use-scan-sound";
import { toast, toastError } from "@/shared/ui/toast";

import { bench, type ScanTarget } from "./api";
import type { Stage } from "./stages";

/** Which stage of the workshop is open. */
export const OpenStage = createContext<Stage>("diagnose");

/**
 * What to do with a code that the open panel does not know by itself. `mine`
 * takes what it stands for, such as the device of one of our labels, and says
 * whether it had a use for it. Else the label or the device of another work order
 * opens that order at the same stage; anything else is named and left alone.
 */
export function useForeignScan(mine?: (target: ScanTarget) => boolean): (code: string) => void {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const stage = useContext(OpenStage);
  const play = useScanSound();
  return (code) => {
    bench
      .scan(code)
      .then((target) => {
        if (mine?.(target)) return;
        if (target.order === "") {
          play("refused");
          toast({ tone: "warn", text: t`No work order here has ${code}.` });
          return;
        }
        play("added");
        navigate(stage === "receive" || stage === "unclaimed" ? `/orders/${target.order}` : `/bench/${stage}/${target.order}`);
      })
      .catch(toastError);
  };
}
