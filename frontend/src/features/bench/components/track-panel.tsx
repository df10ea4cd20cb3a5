import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";

import { shipmentTerms, tTerm } from "@/shared/i18n/terms";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { TermTag } from "@/shared/ui/term-tag";
import { Code } from "@/shared/ui/text";
import { RuleMark } from "@/shared/ui/why";

import type { OrderView } from "../api";
import { useDeed } from "../queries";
import { offered } from "./case-head";

/** What the carrier says of a shipment, entered by hand. */
export function TrackPanel({ order, view }: { order: string; view: OrderView }) {
  const { t } = useLingui();
  const may = offered(view, "track_shipment")?.shipments ?? [];
  const [shipment, setShipment] = useState<string | null>(null);
  const [status, setStatus] = useState("in_transit");
  const [place, setPlace] = useState("");
  const [reason, setReason] = useState("");
  const deed = useDeed(order);
  const chosen = shipment !== null && may.includes(shipment) ? shipment : (may[0] ?? null);
  if (view.shipments.length === 0) return null;
  const record = () =>
    deed.mutate(
      {
        kind: "track_shipment",
        track: {
          shipment: chosen ?? "",
          event: { at: new Date().toISOString().replace(/\.\d+Z$/, "Z"), status, place: place.trim(), text: "", source: "by_hand" },
          reason: reason.trim(),
        },
      },
      { onSuccess: () => setPlace("") },
    );
  return (
    <Card title={<Trans>On their way home</Trans>}>
      <div className="stack">
        <ul className="lines">
          {view.shipments.map((one) => (
            <li key={one.id} className="line">
              <span>
                <Trans>Return shipment {one.seq}</Trans>
              </span>
              <Code>{one.waybill_number}</Code>
              <span className="grow" />
              <TermTag of={shipmentTerms} value={one.status} />
            </li>
          ))}
        </ul>
        {chosen !== null && (
          <>
            <div className="line fields">
              <Select
                label={t`Shipment`}
                value={chosen}
                onChange={setShipment}
                data={view.shipments.filter((one) => may.includes(one.id)).map((one) => ({ value: one.id, label: `${one.seq} · ${one.waybill_number}` }))}
                allowDeselect={false}
              />
              <Select
                label={t`What happened`}
                value={status}
                onChange={(value) => value && setStatus(value)}
                data={["in_transit", "out_for_delivery", "delivered", "refused", "exception", "returned_to_centre", "lost"].map((value) => ({
                  value,
                  label: tTerm(shipmentTerms, value),
                }))}
                allowDeselect={false}
              />
              <TextInput label={t`Place`} value={place} onChange={(event) => setPlace(event.currentTarget.value)} />
            </div>
            {status === "refused" && (
              <TextInput
                label={t`Reason of the refusal (R36)`}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            )}
            {deed.error && <ErrorNotice error={deed.error} />}
            <div className="line">
              <Button size="md" variant="default" disabled={deed.isPending} onClick={record}>
                <Trans>Record it</Trans>
              </Button>
              {status === "refused" && <RuleMark rule="R36" />}
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
