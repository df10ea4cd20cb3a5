import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconCircleX } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Finding } from "@/shared/bridge/models";
import { tError } from "@/shared/i18n/t-error";
import { Card } from "@/shared/ui/page";
import { RuleMark } from "@/shared/ui/why";

import type { DraftView } from "../api";
import { fieldOf } from "../finding-fields";

interface PreflightProps {
  draft: DraftView;
  onGo: (finding: Finding) => void;
  onRemoveDuplicates: () => void;
}

const most = 12;

/** What stands between this draft and a good journey: live, beside the work. */
export function Preflight({ draft, onGo, onRemoveDuplicates }: PreflightProps) {
  const { t } = useLingui();
  const findings = draft.findings ?? [];
  const shown = findings.slice(0, most);
  const hidden = draft.blocking + draft.warnings - shown.reduce((sum, finding) => sum + rowsOf(finding), 0);
  return (
    <Card className="preflight-card" title={t`Before you send`}>
      <ul className="list preflight" aria-live="polite">
        <FindingLines findings={shown} calm onGo={onGo} onRemoveDuplicates={onRemoveDuplicates} />
        {hidden > 0 && (
          <li className="muted small">
            <Plural value={hidden} one="and # more: F8 goes to the next" other="and # more: F8 goes to the next" />
          </li>
        )}
        {!findings.some((finding) => finding.row === 0 && fieldOf(finding) !== undefined) && (
          <Good>
            <Trans>Address and contact are complete</Trans>
          </Good>
        )}
        {draft.row_count > 0 && draft.blocking === 0 && (
          <Good>
            <Plural value={draft.row_count} one="# device can be sent" other="# devices can be sent" />
          </Good>
        )}
      </ul>
    </Card>
  );
}

function Good({ children }: { children: ReactNode }) {
  return (
    <li>
      <IconCheck size={18} stroke={1.75} className="ink-ok" aria-hidden />
      <span>{children}</span>
    </li>
  );
}

interface FindingLinesProps {
  findings: Finding[];
  onGo: (finding: Finding) => void;
  onRemoveDuplicates?: () => void;
  /** What the form still misses is listed without alarm: nobody did anything wrong yet. */
  calm?: boolean;
}

/** One line a finding: what it is, and the way to mend it. */
export function FindingLines({ findings, onGo, onRemoveDuplicates, calm }: FindingLinesProps) {
  const firstDuplicate = findings.find(isDuplicate);
  return findings.map((finding, i) => (
    <li key={`${finding.code}/${finding.row}/${i}`}>
      {calm && isMissing(finding) ? (
        <IconCircleDashed size={18} stroke={1.75} className="muted" aria-hidden />
      ) : finding.severity === "blocking" ? (
        <IconCircleX size={18} stroke={1.75} className="ink-error" aria-label="!" />
      ) : (
        <IconAlertTriangle size={18} stroke={1.75} className="ink-warn" aria-label="?" />
      )}
      <span>
        {finding.row > 0 && (
          <>
            {finding.args?.rows ? <Trans>Rows {finding.args.rows}:</Trans> : <Trans>Row {finding.row}:</Trans>}{" "}
          </>
        )}
        {tError(finding.code, finding.args)} {finding.rule && <RuleMark rule={finding.rule} />}
        <br />
        {(finding.row > 0 || fieldOf(finding) !== undefined) && (
          <button type="button" className="link" onClick={() => onGo(finding)}>
            {rowsOf(finding) > 1 ? (
              <Trans>Go to the first</Trans>
            ) : finding.row > 0 ? (
              <Trans>Go to the row</Trans>
            ) : (
              <Trans>Go to the field</Trans>
            )}
          </button>
        )}
        {finding === firstDuplicate && onRemoveDuplicates && (
          <>
            {" · "}
            <button type="button" className="link" onClick={onRemoveDuplicates}>
              <Trans>Remove the duplicates</Trans>
            </button>
          </>
        )}
      </span>
    </li>
  ));
}

/** A warning that says the same of several rows is said once. */
const rowsOf = (finding: Finding): number => Number(finding.args?.row_count ?? 1);

const isMissing = (finding: Finding): boolean =>
  finding.row === 0 && (finding.code.endsWith("_missing") || finding.code === "submission.no_devices");

const isDuplicate = (finding: Finding): boolean => finding.code === "intake.duplicate_serial";
