import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, FileButton, Radio, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { attachFile } from "@/shared/bridge/attach";
import { currentLocale } from "@/shared/i18n/i18n";
import { tError } from "@/shared/i18n/t-error";
import { ErrorNotice } from "@/shared/ui/errors";
import { StoredFiles } from "@/shared/ui/stored-files";
import { Notice } from "@/shared/ui/tag";
import { UnitInput } from "@/shared/ui/unit-input";
import { RuleMark } from "@/shared/ui/why";

import { type Box, type BoxInput, packing } from "../api";
import { packQueries, usePackDeed } from "../queries";

const inputOf = (box: Box): BoxInput => ({
  carrier: box.carrier,
  waybill: box.waybill,
  waybill_again: box.checked_by === "double_entry" ? box.waybill : "",
  scanned: box.checked_by === "scan",
  override: box.override,
  freight_terms: box.freight_terms || "prepaid_by_sender",
  delivery_mode: box.delivery_mode || "door",
  sender_phone: box.sender_phone,
  weight_grams: box.weight_grams,
  photos: box.photos,
});

/** The comparing form of a waybill number; Go decides for real. */
const plainNumber = (number: string) => number.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");

/** Carrier, waybill and freight of a box. What would get a parcel refused cannot be chosen, and says why. */
export function WaybillForm({ order, box }: { order: string; box: Box }) {
  const { t } = useLingui();
  const [form, setForm] = useState<BoxInput>(inputOf(box));
  const carriers = useQuery(packQueries.carriers());
  const check = useQuery(packQueries.waybill(form.carrier, form.waybill));
  const save = usePackDeed(order, (input: BoxInput) => packing.setBox(order, box.seq, input));
  const photos = useMutation({
    mutationFn: (files: File[]) => Promise.all(files.map(attachFile)),
    onSuccess: (stored) => settle({ ...form, photos: [...(form.photos ?? []), ...stored] }),
  });
  const zh = currentLocale() === "zh-CN";
  const needsPhone = carriers.data?.find((row) => row.code === form.carrier)?.needs_phone ?? false;
  const set = (part: Partial<BoxInput>) => setForm((before) => ({ ...before, ...part }));
  const [left, setLeft] = useState(false);
  const first = plainNumber(form.waybill);
  const second = plainNumber(form.waybill_again);
  const unlike = !form.scanned && second !== "" && second !== first;
  // While the second is being typed it may be the beginning of the first.
  const differs = unlike && (left || !first.startsWith(second));
  // Every finished field is saved at once: what was typed is never lost. A
  // second typing that differs proves nothing, so it stays here until it is right.
  const keep = (next: BoxInput) => {
    const wrong = !next.scanned && plainNumber(next.waybill_again) !== plainNumber(next.waybill);
    save.mutate(wrong ? { ...next, waybill_again: "" } : next);
  };
  const settle = (next: BoxInput) => {
    setForm(next);
    keep(next);
  };
  return (
    <div className="waybill">
      <Select
        label={t`Carrier`}
        searchable
        value={form.carrier || null}
        onChange={(value) => settle({ ...form, carrier: value ?? "", override: false })}
        data={(carriers.data ?? []).map((row) => ({ value: row.code, label: zh ? row.zh : row.en }))}
        allowDeselect={false}
      />
      <TextInput
        label={t`Waybill number`}
        value={form.waybill}
        dir="ltr"
        onChange={(event) => set({ waybill: event.currentTarget.value, scanned: false, override: false })}
        onBlur={() => keep(form)}
      />
      {form.scanned ? (
        <p className="waybill-note">
          <RuleMark rule="R17" /> <Trans>Scanned, so it needs no second typing.</Trans>
        </p>
      ) : (
        <TextInput
          label={t`Waybill number again`}
          value={form.waybill_again}
          dir="ltr"
          onPaste={(event) => event.preventDefault()}
          onChange={(event) => {
            setLeft(false);
            set({ waybill_again: event.currentTarget.value });
          }}
          onBlur={() => {
            setLeft(true);
            keep(form);
          }}
          error={differs ? t`The two numbers differ` : undefined}
        />
      )}
      <TextInput
        label={needsPhone ? t`Sender's phone (this carrier asks for it)` : t`Sender's phone`}
        value={form.sender_phone}
        dir="ltr"
        onChange={(event) => set({ sender_phone: event.currentTarget.value })}
        onBlur={() => keep(form)}
      />
      <UnitInput
        label={t`Weight, kg`}
        per={1000}
        value={form.weight_grams || undefined}
        onChange={(value) => set({ weight_grams: value ?? 0 })}
        onBlur={() => keep(form)}
        min={0}
        decimalScale={3}
        hideControls
      />
      <div className="waybill-wide waybill-check stack">
        {check.data?.codes.map((finding, index) => (
          <Notice key={index} tone={finding.severity === "blocking" ? "error" : "warn"}>
            {tError(finding.code, finding.args)} {finding.rule !== undefined && finding.rule !== "" && <RuleMark rule={finding.rule} />}
          </Notice>
        ))}
        {check.data?.blocking && (
          <Checkbox
            label={t`I have checked the number against the waybill`}
            checked={form.override}
            onChange={(event) => settle({ ...form, override: event.currentTarget.checked })}
          />
        )}
      </div>
      <Radio.Group
        label={t`Freight`}
        value={form.freight_terms}
        onChange={(freight_terms) => settle({ ...form, freight_terms })}
      >
        <div className="choices">
          <Radio value="prepaid_by_sender" label={t`Prepaid by you`} />
          <Radio value="collect" disabled label={t`Freight collect`} />
          <Radio value="cod" disabled label={t`Cash on delivery`} />
          <span className="small muted">
            <RuleMark rule="R10" /> <Trans>A parcel that is not prepaid is refused.</Trans>
          </span>
        </div>
      </Radio.Group>
      <Radio.Group
        label={t`Delivery`}
        value={form.delivery_mode}
        onChange={(delivery_mode) => settle({ ...form, delivery_mode })}
      >
        <div className="choices">
          <Radio value="door" label={t`To the centre's door`} />
          <Radio value="self_pickup" disabled label={t`Pickup at the depot`} />
          <span className="small muted">
            <RuleMark rule="R08" /> <Trans>The centre does not fetch parcels.</Trans>
          </span>
        </div>
      </Radio.Group>
      <div className="waybill-wide line">
        <FileButton multiple accept="image/png,image/jpeg" onChange={(files) => photos.mutate(files)}>
          {(props) => (
            <Button {...props} size="compact-sm" variant="default">
              <Trans>Add photos of the open and the closed box</Trans>
            </Button>
          )}
        </FileButton>
        <span className="small muted">
          <RuleMark rule="R06" /> <Trans>They are your proof if something breaks on the road.</Trans>
        </span>
        <StoredFiles
          files={form.photos}
          onRemove={(gone) => settle({ ...form, photos: form.photos.filter((photo) => photo.sha256 !== gone.sha256) })}
        />
      </div>
      {photos.error && (
        <div className="waybill-wide">
          <ErrorNotice error={photos.error} />
        </div>
      )}
    </div>
  );
}
