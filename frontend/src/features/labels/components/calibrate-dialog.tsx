import "./labels.css";

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { toast } from "@/shared/ui/toast";
import { UnitInput } from "@/shared/ui/unit-input";

import { labels, type Measured } from "../api";
import { labelQueries } from "../queries";

const nothing: Measured = { x1: 0, y1: 0, x2: 0, y2: 0 };
const keys = ["x1", "y1", "x2", "y2"] as const;
const inMM = (hundredths: number) => (hundredths / 100).toFixed(2);

/** Two crosses are measured; four numbers say what the printer does to this paper. */
export function CalibrateDialog({ printer, stock, paper, onClose }: { printer: string; stock: string; paper: string; onClose: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const query = useQuery(labelQueries.calibration(printer, stock));
  const [typed, setTyped] = useState<Partial<Record<(typeof keys)[number], number>>>({});
  const done = () => client.invalidateQueries({ queryKey: ["printers"] });
  const page = useMutation({
    mutationFn: (raw: boolean) => labels.testPage(printer, stock, raw),
    onSuccess: (job) => toast({ text: <Trans>Given to {job.printer}. Its state is under Printers.</Trans> }),
  });
  const calibrate = useMutation({ mutationFn: (measured: Measured) => labels.calibrate(printer, stock, measured), onSettled: done });
  const complete = keys.every((key) => typed[key] !== undefined);
  const names = {
    x1: t`Cross A from the left edge, mm`,
    y1: t`Cross A from the upper edge, mm`,
    x2: t`Cross B from the left edge, mm`,
    y2: t`Cross B from the upper edge, mm`,
  };
  const now = query.data?.now;
  const want = query.data?.want;
  return (
    <Dialog
      title={t`Calibrate: ${paper}`}
      action={t`Save the calibration`}
      size={620}
      disabled={!complete}
      busy={calibrate.isPending}
      onClose={onClose}
      onAction={() =>
        calibrate.mutate(
          { x1: typed.x1 ?? 0, y1: typed.y1 ?? 0, x2: typed.x2 ?? 0, y2: typed.y2 ?? 0 },
          { onSuccess: onClose },
        )
      }
    >
      <Stack gap="sm">
        <p>
          <Trans>
            Print the page, lay a ruler with its zero on the edge of the paper, and read where the crosses lie. The short
            scale beside each cross gives the tenths: they are at the step that meets a mark of the ruler.
          </Trans>
        </p>
        <div className="line">
          <Button variant="default" disabled={page.isPending} onClick={() => page.mutate(true)}>
            <Trans>Print the page to measure</Trans>
          </Button>
          <Button variant="default" disabled={page.isPending} onClick={() => page.mutate(false)}>
            <Trans>Print it as calibrated</Trans>
          </Button>
        </div>
        <div className="field-grid">
          {keys.map((key) => (
            <UnitInput
              key={key}
              label={names[key]}
              description={want && t`should be ${inMM(want[key])}`}
              per={100}
              value={typed[key]}
              onChange={(value) => setTyped((before) => ({ ...before, [key]: value }))}
              min={0}
              max={400}
              step={0.1}
              decimalScale={2}
            />
          ))}
        </div>
        {now && (
          <p className="muted">
            <Trans>
              Now: shift {inMM(now.off_x)} mm right, {inMM(now.off_y)} mm down, scale {(now.scale_x / 100).toFixed(2)} % across,{" "}
              {(now.scale_y / 100).toFixed(2)} % along. Codes are moved, never stretched.
            </Trans>{" "}
            <button type="button" className="link" onClick={() => calibrate.mutate(nothing)}>
              <Trans>Forget it</Trans>
            </button>
          </p>
        )}
        {(calibrate.error ?? page.error) && <ErrorNotice error={calibrate.error ?? page.error} />}
      </Stack>
    </Dialog>
  );
}
