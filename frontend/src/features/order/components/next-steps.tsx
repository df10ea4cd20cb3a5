import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";

import { tError } from "@/shared/i18n/t-error";
import { commandTerms, tTerm } from "@/shared/i18n/terms";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { MoneyText } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import type { OrderView } from "../api";
import { benchMeaning, benchSteps, stageMeaning } from "../next-step";
import { useNames, useOrderDeed } from "../queries";

interface NextStepsProps {
  id: string;
  view: OrderView;
  /** Someone of the centre looks at it, not the customer. */
  staff: boolean;
}

/** What is next, said in a sentence, with a button only for what the rules offer now. */
export function NextSteps({ id, view, staff }: NextStepsProps) {
  const { i18n } = useLingui();
  const names = useNames();
  const meaning = (staff ? benchMeaning : stageMeaning)[view.order.stage];
  const refused = view.pending.filter((row) => row.mark === "refused");
  const waiting = view.pending.filter((row) => row.mark !== "refused");
  const rejected = view.parcels.filter((parcel) => parcel.status === "rejected" && parcel.rejection);
  return (
    <Card>
      <div className="stack">
        {meaning !== undefined && <p className="next-step">{i18n._(meaning)}</p>}
        {rejected.map((parcel) => (
          <Notice key={parcel.id} tone="error">
            <span className="strong">
              <Trans>Box {parcel.seq} was refused:</Trans> {names.rejection(parcel.rejection!.reason)}
            </span>{" "}
            <RuleMark rule="R19" />
            {parcel.rejection!.note !== "" && <div>{parcel.rejection!.note}</div>}
            <div className="small">
              <Trans>Every loss from a refused parcel is the sender's.</Trans>
            </div>
          </Notice>
        ))}
        {refused.map((row) => (
          <Notice key={row.id} tone="error">
            <span className="strong">{tTerm(commandTerms, row.kind)}:</span> {row.reason && tError(row.reason.code, row.reason.args)}{" "}
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
            {tError(finding.code, finding.args)}
          </Notice>
        ))}
        {staff ? <BenchWays id={id} view={view} /> : <FarmWays id={id} view={view} />}
      </div>
    </Card>
  );
}

const offered = (view: OrderView, kind: string) => view.offers.find((offer) => offer.kind === kind);

function FarmWays({ id, view }: { id: string; view: OrderView }) {
  const answers = (offered(view, "accept_quotes")?.quotes ?? []).length;
  return (
    <div className="line">
      {offered(view, "set_parcels") && (
        <Button component={Link} href={`/orders/${id}/pack`}>
          <Trans>Pack by scan</Trans>
        </Button>
      )}
      {answers > 0 && (
        <Button component={Link} href={`/orders/${id}/quote`}>
          <Plural value={answers} one="Answer # quote" other="Answer # quotes" />
        </Button>
      )}
      {offered(view, "send_voucher") && view.due.length > 0 && (
        <Button component={Link} href={`/pay/${id}`}>
          <Trans>Pay</Trans>&nbsp;
          {view.due.map((money) => (
            <MoneyText key={money.currency} value={money} />
          ))}
        </Button>
      )}
      {offered(view, "answer") && (
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
      {offered(view, "reopen") && <Ask id={id} kind="reopen" />}
      {offered(view, "cancel") && <Ask id={id} kind="cancel" />}
    </div>
  );
}

/** The ways from an order to the stage of the workshop that is its turn. */
function BenchWays({ id, view }: { id: string; view: OrderView }) {
  const { i18n } = useLingui();
  const ways = benchSteps.filter(({ kinds }) => kinds.some((kind) => offered(view, kind)));
  return (
    <div className="line">
      {offered(view, "receive_parcel") && (
        <Button component={Link} href="/bench/receive">
          <Trans>Receive</Trans>
        </Button>
      )}
      {ways.map(({ stage, label }) => (
        <Button key={stage} component={Link} href={`/bench/${stage}/${id}`} variant="default">
          {i18n._(label)}
        </Button>
      ))}
      <Button component={Link} href={`/orders/${id}/messages`} variant="default">
        <Trans>Write to the customer</Trans>
      </Button>
    </div>
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
