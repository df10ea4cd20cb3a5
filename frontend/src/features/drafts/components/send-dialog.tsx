import { Plural, Trans, useLingui } from "@lingui/react/macro";

import type { Finding } from "@/shared/bridge/models";
import { currentLocale } from "@/shared/i18n/i18n";
import { Dialog } from "@/shared/ui/dialog";
import { Notice } from "@/shared/ui/tag";
import { Ltr } from "@/shared/ui/text";

import type { DraftView } from "../api";
import { FindingLines } from "./preflight";

interface SendDialogProps {
  draft: DraftView;
  centre: string;
  /** A new one is begun as soon as this one is sent. */
  next: boolean;
  onGo: (finding: Finding) => void;
  onSend: () => void;
  onClose: () => void;
}

/** The last look: what must be mended, what may go on, what is locked by sending. */
export function SendDialog({ draft, centre, next, onGo, onSend, onClose }: SendDialogProps) {
  const { t } = useLingui();
  const findings = draft.findings ?? [];
  const must = findings.filter((finding) => finding.severity === "blocking");
  const may = findings.filter((finding) => finding.severity !== "blocking");
  const { contact, return_address: home } = draft;
  const names = new Intl.DisplayNames([currentLocale()], { type: "region" });
  const go = (finding: Finding) => {
    onClose();
    onGo(finding);
  };
  return (
    <Dialog
      title={<Plural value={draft.row_count} one={`Send # device to ${centre}`} other={`Send # devices to ${centre}`} />}
      action={next ? t`Send and start the next one` : t`Send order`}
      disabled={draft.blocking > 0}
      onAction={onSend}
      onClose={onClose}
      size={600}
    >
      {draft.blocking > 0 && (
        <>
          <h3 className="send-head ink-error">
            <Plural value={draft.blocking} one="# thing must be mended first" other="# things must be mended first" />
          </h3>
          <ul className="list preflight">
            <FindingLines findings={must.slice(0, 8)} onGo={go} />
          </ul>
        </>
      )}
      {draft.warnings > 0 && (
        <>
          <h3 className="send-head ink-warn">
            <Plural value={draft.warnings} one="# thing to look at; it may go on" other="# things to look at; they may go on" />
          </h3>
          <ul className="list preflight">
            <FindingLines findings={may.slice(0, 5)} onGo={go} />
          </ul>
        </>
      )}
      {draft.blocking === 0 && (
        <>
          <h3 className="send-head">
            <Trans>They come home to</Trans>
          </h3>
          <p className="send-address">
            {[home.recipient || contact.name, contact.company].filter(Boolean).join(", ")}{" "}
            <Ltr>{home.phone || contact.phone}</Ltr>
            <br />
            {[home.street, home.district, home.city, home.province, home.postcode].filter(Boolean).join(", ")}
            {home.country && `, ${names.of(home.country) ?? home.country}`}
          </p>
          <Notice tone="info">
            <Trans>
              After sending, this address and the list of devices are locked (R20). The centre first looks at the fault from
              afar: keep the machines until it confirms the return.
            </Trans>
          </Notice>
        </>
      )}
    </Dialog>
  );
}
