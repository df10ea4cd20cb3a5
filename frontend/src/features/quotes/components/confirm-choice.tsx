import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";

import { tError } from "@/shared/i18n/t-error";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { Notice } from "@/shared/ui/tag";
import { MoneyText } from "@/shared/ui/text";
import { RuleMark } from "@/shared/ui/why";

import { type QuoteChoice, quotes } from "../api";

interface ConfirmChoiceProps {
  choice: QuoteChoice;
  onSent: () => void;
  onClose: () => void;
}

/** Names the money before the yes. Sent answers cannot be taken back, so this one asks. */
export function ConfirmChoice({ choice, onSent, onClose }: ConfirmChoiceProps) {
  const { t } = useLingui();
  const summary = useQuery({ queryKey: ["quotes", "weigh", choice], queryFn: () => quotes.weigh(choice), gcTime: 0 });
  const send = useMutation({ mutationFn: () => quotes.decide(choice), onSuccess: onSent });
  const weighed = summary.data;
  const blocked = weighed?.findings.some((finding) => finding.severity === "blocking") ?? true;
  return (
    <Dialog
      title={<Trans>Send your answers</Trans>}
      action={t`Send answers`}
      disabled={blocked}
      busy={send.isPending}
      onAction={() => send.mutate()}
      onClose={onClose}
    >
      {summary.error && <ErrorNotice error={summary.error} />}
      {weighed && (
        <div className="stack">
          {weighed.accepted > 0 && (
            <p>
              <Plural value={weighed.accepted} one="Accept # quote for" other="Accept # quotes for" />{" "}
              {weighed.accepting.map((money) => (
                <span key={money.currency} className="strong">
                  <MoneyText value={money} />{" "}
                </span>
              ))}
            </p>
          )}
          {weighed.declined > 0 && (
            <p>
              <Plural
                value={weighed.declined}
                one="Decline # quote: the device comes home unrepaired."
                other="Decline # quotes: the devices come home unrepaired."
              />
            </p>
          )}
          {weighed.undecided > 0 && (
            <p className="muted">
              <Plural
                value={weighed.undecided}
                one="# quote stays open. An unpaid device holds the return back."
                other="# quotes stay open. Unpaid devices hold the return back."
              />
            </p>
          )}
          {weighed.findings.map((finding, index) => (
            <Notice key={index} tone={finding.severity === "blocking" ? "error" : "warn"}>
              {tError(finding.code, finding.args)} {finding.rule !== "" && <RuleMark rule={finding.rule ?? ""} />}
            </Notice>
          ))}
          <p className="small muted">
            <Trans>The centre hears of it as soon as it can be reached. It cannot be taken back then.</Trans>
          </p>
        </div>
      )}
      {send.error && <ErrorNotice error={send.error} />}
    </Dialog>
  );
}
