import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";

import { tCode } from "@/shared/i18n/t-error";
import { commandTerms, tTerm } from "@/shared/i18n/terms";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { MoneyText } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import type { OrderView } from "../api";
import { stageMeaning } from "../next-step";
import { useOrderDeed } from "../queries";

/** What is next, said in a sentence, with a button only for what the rules offer now. */
export function NextSteps({ id, view }: { id: string; view: OrderView }) {
  const { i18n } = useLingui();
  const offered = (kind: string) => view.offers.find((offer) => offer.kind === kind);
  const meaning = stageMeaning[view.order.stage];
  const refused = view.pending.filter((row) => row.mark === "refused");
  const waiting = view.pending.filter((row) => row.mark !== "refused");
  const answers = (offered("accept_quotes")?.quotes ?? []).length;
  const rejected = view.parcels.filter((parcel) => parcel.status === "rejected" && parcel.rejection);
  return (
    <Card>
      <div className="stack">
        {meaning !== undefined && <p className="next-step">{i18n._(meaning)}</p>}
        {rejected.map((parcel) => (
          <Notice key={parcel.id} tone="error" role="alert">
            <span className="strong">
              <Trans>Box {parcel.seq} was refused:</Trans> {tCode(`rejection.${parcel.rejection!.reason}`)}
            </span>{" "}
            {parcel.rejection!.note} <RuleMark rule="R19" />
            <div className="small">
              <Trans>Every loss from a refused parcel is the sender's.</Trans>
            </div>
          </Notice>
        ))}
        {refused.map((row) => (
          <Notice key={row.id} tone="error" role="alert">
            {tTerm(commandTerms, row.kind)}: {row.reason && tCode(row.reason.code, row.reason.args)}{" "}
            <Link href="/sync">
              <Trans>Decide again</Trans>
            </Link>
          </Notice>
        ))}
        {waiting.length > 0 && (
          <Notice tone="warn">
            <Plural value={waiting.length} one="# decision waits for the centre:" other="# decisions wait for the centre:" />{" "}
            {waiting.map((row) => tTerm(commandTerms, row.kind)).join(", ")}
          </Notice>
        )}
        {view.warnings.map((finding, index) => (
          <Notice key={index} tone="warn">
            {tCode(finding.code, finding.args)}
          </Notice>
        ))}
        <div className="line">
          {offered("set_parcels") && (
            <Button component={Link} href={`/orders/${id}/pack`}>
              <Trans>Pack by scan</Trans>
            </Button>
          )}
          {answers > 0 && (
            <Button component={Link} href={`/orders/${id}/quote`}>
              <Plural value={answers} one="Answer # quote" other="Answer # quotes" />
            </Button>
          )}
          {offered("send_voucher") && view.due.length > 0 && (
            <Button component={Link} href={`/pay/${id}`}>
              <Trans>Pay</Trans> {view.due.map((money) => <MoneyText key={money.currency} value={money} />)}
            </Button>
          )}
          {offered("answer") && (
            <Button component={Link} href={`/orders/${id}/messages`}>
              <Trans>Answer the question</Trans>
            </Button>
          )}
          <Button component={Link} href={`/orders/${id}/labels`} variant="default">
            <Trans>Labels and packing papers</Trans>
          </Button>
          <Button component={Link} href={`/orders/${id}/messages`} variant="default">
            <Trans>Contact the office</Trans>
          </Button>
          <span className="grow" />
          {offered("reopen") && <Ask id={id} kind="reopen" />}
          {offered("cancel") && <Ask id={id} kind="cancel" />}
        </div>
      </div>
    </Card>
  );
}

/** A deed that cannot be taken back once the centre has it: it asks, and says what follows. */
function Ask({ id, kind }: { id: string; kind: "reopen" | "cancel" }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const deed = useOrderDeed(id);
  const words =
    kind === "cancel"
      ? { action: t`Cancel this order`, text: t`The centre stops working on it. Devices that are already there stay where they are until you arrange their return.` }
      : { action: t`Reopen this order`, text: t`The centre diagnoses it again.` };
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.action}
      </Button>
      {asking && (
        <Dialog
          title={words.action}
          action={words.action}
          danger={kind === "cancel"}
          busy={deed.isPending}
          onAction={() =>
            deed.mutate(
              { kind },
              {
                onSuccess: () => {
                  setAsking(false);
                  toast({ text: t`On its way to the centre.` });
                },
              },
            )
          }
          onClose={() => setAsking(false)}
        >
          <p>{words.text}</p>
          {deed.error && <ErrorNotice error={deed.error} />}
        </Dialog>
      )}
    </>
  );
}
