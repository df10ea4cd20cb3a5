import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Radio, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import type { FileRef } from "@/shared/bridge/models";
import { formatMoney } from "@/shared/lib/money";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Code } from "@/shared/ui/text";

import type { Refundable } from "../api";
import { useDeed } from "../queries";
import { PhotoField } from "./photo-field";

/** Money goes back by hand, at the bank or in a wallet; here stands why, how much, and that it went. What may go back, Go says. */
export function GiveBack({ order, back, reference }: { order: string; back: Refundable; reference: string }) {
  const { t } = useLingui();
  const deed = useDeed(order);
  const [all, setAll] = useState(false);
  const [reason, setReason] = useState("");
  const [proof, setProof] = useState<FileRef[]>([]);
  const [txId, setTxId] = useState("");
  const refund = back.excess.amount > 0 && !(all && back.all.amount > 0) ? back.excess : back.all;
  const ready = reason.trim() !== "" && (proof.length > 0 || txId.trim() !== "");
  const give = () =>
    deed.mutate({
      kind: "decide_payment",
      payment_decision: {
        payment: back.payment,
        status: "refunded",
        received: { amount: 0, currency: "" },
        refund,
        reason: reason.trim(),
        proof,
        tx_id: txId.trim(),
      },
    });
  return (
    <Card
      title={
        <>
          <Trans>Give money back</Trans> · <Code>{reference}</Code>
        </>
      }
    >
      <div className="stack">
        {back.excess.amount > 0 && back.all.amount > 0 && (
          <Radio.Group
            aria-label={t`How much goes back`}
            value={all ? "all" : "excess"}
            onChange={(value) => setAll(value === "all")}
          >
            <div className="stack">
              <Radio value="excess" label={t`The excess: ${formatMoney(back.excess)}`} />
              <Radio value="all" label={t`All of it: ${formatMoney(back.all)}`} />
            </div>
          </Radio.Group>
        )}
        <Textarea
          label={t`Why money goes back, for the customer`}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
        />
        <PhotoField photos={proof} onPhotos={setProof} />
        <TextInput
          label={t`Transaction id of the refund`}
          description={t`A picture of the transfer or its number is the proof.`}
          value={txId}
          onChange={(event) => setTxId(event.currentTarget.value)}
          dir="ltr"
          maw={420}
        />
        {deed.error && <ErrorNotice error={deed.error} />}
        <div className="line">
          <Button size="lg" variant="default" disabled={!ready || deed.isPending} onClick={give}>
            {t`${formatMoney(refund)} went back`}
          </Button>
        </div>
      </div>
    </Card>
  );
}
