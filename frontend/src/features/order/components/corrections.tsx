import { useLingui as useLanguage } from "@lingui/react";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { IconPencilOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { currentLocale } from "@/shared/i18n/i18n";
import { correctionFieldTerms, correctionTerms, tTerm } from "@/shared/i18n/terms";
import { Dialog } from "@/shared/ui/dialog";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorNotice } from "@/shared/ui/errors";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant } from "@/shared/ui/text";
import { RuleMark } from "@/shared/ui/why";

import type { Correction, OrderView } from "../api";
import { orderQuery, useOrderDeed } from "../queries";

/** Paper data after submission is mended by the centre, as a new revision. The address never is (R20). */
export function Corrections({ id, view }: { id: string; view: OrderView }) {
  const [asking, setAsking] = useState(false);
  const may = view.offers.some((offer) => offer.kind === "request_correction");
  return (
    <div className="stack">
      {view.corrections.length === 0 ? (
        <EmptyState icon={IconPencilOff} title={<Trans>No corrections</Trans>}>
          <Trans>A wrong serial, model or waybill is mended by the office when you ask. The return address cannot be changed any more.</Trans>{" "}
          <RuleMark rule="R20" />
        </EmptyState>
      ) : (
        <ul className="lines card">
          {view.corrections.map((correction) => (
            <CorrectionLine key={correction.id} correction={correction} />
          ))}
        </ul>
      )}
      {may && (
        <Button variant="default" onClick={() => setAsking(true)} style={{ alignSelf: "flex-start" }}>
          <Trans>Ask for a correction</Trans>
        </Button>
      )}
      {asking && <AskCorrection id={id} view={view} onClose={() => setAsking(false)} />}
    </div>
  );
}

function CorrectionLine({ correction }: { correction: Correction }) {
  useLanguage(); // a change of language draws it again
  return (
    <li className="line">
      <TermTag of={correctionTerms} value={correction.status} />
      <span className="strong">{tTerm(correctionFieldTerms, correction.field)}</span>
      <span>
        <Code>{correction.from || "–"}</Code> → <Code>{correction.to}</Code>
      </span>
      <span className="grow muted">{correction.reason}</span>
      <Instant value={correction.requested_at} brief />
      {correction.answer !== undefined && correction.answer !== "" && (
        <div className="line-wide">
          <Trans>The office:</Trans> {correction.answer}
        </div>
      )}
    </li>
  );
}

function AskCorrection({ id, view, onClose }: { id: string; view: OrderView; onClose: () => void }) {
  const { t } = useLingui();
  const [field, setField] = useState("serial");
  const [target, setTarget] = useState<string | null>(null);
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const [search, setSearch] = useState("");
  const deed = useOrderDeed(id);
  const ofDevice = field === "serial" || field === "model";
  // What is typed is looked for; the words of the chosen device are not.
  const text = search.includes(" · ") ? "" : search.trim();
  const devices = useQuery({ ...orderQuery.devices(id, { statuses: [], text, page: 0 }), enabled: ofDevice });
  const targets = ofDevice
    ? (devices.data?.rows ?? []).map(({ device }) => ({ value: device.id, label: `${device.line} · ${device.serial} · ${device.model}` }))
    : view.parcels.map((parcel) => ({ value: parcel.id, label: `${parcel.seq}/${parcel.of} · ${parcel.waybill_number}` }));
  const catalog = useQuery(orderQuery.catalog());
  const zh = currentLocale() === "zh-CN";
  const carriers = (catalog.data?.carriers ?? []).map((row) => ({ value: row.code, label: zh ? row.zh : row.en }));
  const ready = target !== null && to.trim() !== "" && reason.trim() !== "";
  const send = () =>
    deed.mutate(
      {
        kind: "request_correction",
        correction: {
          id: crypto.randomUUID(),
          ...(ofDevice ? { device: target ?? "" } : { parcel: target ?? "" }),
          field,
          to: to.trim(),
          reason: reason.trim(),
        },
      },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      title={<Trans>Ask for a correction</Trans>}
      action={t`Ask the centre`}
      disabled={!ready}
      busy={deed.isPending}
      onAction={send}
      onClose={onClose}
    >
      <div className="stack">
        <Select
          label={t`What to correct`}
          value={field}
          onChange={(value) => {
            setField(value ?? "serial");
            setTarget(null);
            setTo("");
          }}
          data={[
            { value: "serial", label: t`A serial number` },
            { value: "model", label: t`A model` },
            ...(view.parcels.length > 0
              ? [
                  { value: "waybill_number", label: t`A waybill number` },
                  { value: "carrier", label: t`A carrier` },
                ]
              : []),
          ]}
          allowDeselect={false}
        />
        <Select
          label={ofDevice ? t`Of which device` : t`Of which box`}
          searchable
          searchValue={search}
          onSearchChange={setSearch}
          filter={({ options }) => options}
          value={target}
          onChange={setTarget}
          data={targets}
          nothingFoundMessage={t`Nothing found`}
        />
        {field === "carrier" ? (
          <Select label={t`It should be`} searchable value={to || null} onChange={(value) => setTo(value ?? "")} data={carriers} />
        ) : (
          <TextInput label={t`It should be`} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        )}
        <Textarea label={t`Why`} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} />
        {deed.error && <ErrorNotice error={deed.error} />}
      </div>
    </Dialog>
  );
}
