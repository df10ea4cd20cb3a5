import { Trans } from "@lingui/react/macro";
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";

import { tError } from "@/shared/i18n/t-error";
import { Card } from "@/shared/ui/page";
import { RuleMark } from "@/shared/ui/why";

import type { Box, PackView } from "../api";

/** What still keeps the boxes here, each with a way to its box. */
export function Findings({ view, open }: { view: PackView; open: readonly Box[] }) {
  const packed = open.some((box) => box.devices.length > 0);
  return (
    <Card title={<Trans>Before you hand it over</Trans>}>
      {!packed ? (
        <p className="muted">
          <Trans>Scan the first device into a box; what is missing then stands here.</Trans>
        </p>
      ) : view.findings.length === 0 ? (
        <p className="ink-ok line">
          <IconCircleCheck size={18} aria-hidden /> <Trans>Nothing is missing.</Trans>
        </p>
      ) : (
        <ul className="lines">
          {view.findings.map((finding, index) => {
            const blocking = finding.severity === "blocking";
            const box = open[finding.row - 1]; // a finding counts the boxes that may still change
            const seq = box?.seq ?? 0;
            const Icon = blocking ? IconAlertCircle : IconAlertTriangle;
            return (
              <li key={index} className="line finding">
                <Icon size={18} aria-hidden className={blocking ? "ink-error" : "ink-warn"} />
                <span className="grow">
                  {tError(finding.code, finding.args)}{" "}
                  {finding.rule !== undefined && finding.rule !== "" && <RuleMark rule={finding.rule} />}
                  {box !== undefined && (
                    <button
                      type="button"
                      className="link"
                      onClick={() => goTo(box.seq)}
                    >
                      <Trans>Go to box {seq}</Trans>
                    </button>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

function goTo(box: number) {
  const card = document.getElementById(`box-${box}`);
  card?.scrollIntoView({ block: "center" });
  card?.querySelector<HTMLElement>("input")?.focus({ preventScroll: true });
}
