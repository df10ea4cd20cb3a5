import { Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";

import type { Finding } from "@/shared/bridge/models";
import { currentLocale } from "@/shared/i18n/i18n";
import { tError } from "@/shared/i18n/t-error";
import { latestOnly } from "@/shared/lib/latest";
import { AddressFields, type AddressValue } from "@/shared/ui/address-fields";
import { Card } from "@/shared/ui/page";
import { Ltr } from "@/shared/ui/text";
import { toastError } from "@/shared/ui/toast";

import { type DraftHeader, type DraftView, drafts } from "../api";
import { fieldOf } from "../finding-fields";

interface HeaderFormProps {
  draft: DraftView;
  countries: string[];
  readOnly: boolean;
  onSaved: (draft: DraftView) => void;
  /** A finding to go to: its field is shown and takes the focus. */
  wanted: Finding | undefined;
  /** Send was tried: what is missing is marked everywhere. */
  tried: boolean;
}

/** Who sends, and where the machines come home to. Every key is saved as it is pressed. */
export function HeaderForm({ draft, countries, readOnly, onSaved, wanted, tried }: HeaderFormProps) {
  const { t } = useLingui();
  // What is typed and not yet saved; once saved, the draft itself is shown.
  const [typed, setTyped] = useState<DraftHeader>();
  const saved = useRef(onSaved);
  useEffect(() => {
    saved.current = onSaved;
  });
  const save = useMemo(
    () =>
      latestOnly<DraftHeader>(
        async (header) => saved.current(await drafts.setHeader(draft.id, header)),
        () => setTyped(undefined),
        toastError,
      ),
    [draft.id],
  );
  const header: DraftHeader = typed ?? {
    contact: draft.contact,
    return_address: draft.return_address,
    reference: draft.reference,
    note: draft.note,
  };
  const change = (next: DraftHeader) => {
    setTyped(next);
    save(next);
  };
  // An empty form does not accuse: a field is marked once it was left or asked for.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const leave = (field: string) => setLeft((now) => new Set(now).add(field));
  const errors: Record<string, string> = {};
  let complete = true;
  for (const finding of draft.findings ?? []) {
    const field = fieldOf(finding);
    if (field === undefined || finding.severity !== "blocking") continue;
    complete = false;
    if (tried || left.has(field)) errors[field] ??= tError(finding.code, finding.args);
  }

  const [open, setOpen] = useState(!complete && !readOnly);

  const marked = tried && !complete;
  useEffect(() => {
    if (marked) setOpen(true);
  }, [marked]);
  useEffect(() => {
    const field = wanted && fieldOf(wanted);
    if (field === undefined) return;
    setOpen(true);
    setLeft((now) => new Set(now).add(field));
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus());
  }, [wanted]);

  if (!open) {
    return (
      <Card
        title={t`Customer and return address`}
        actions={
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {readOnly ? <Trans>Show</Trans> : <Trans>Change</Trans>}
          </Button>
        }
      >
        <AddressSummary header={header} />
      </Card>
    );
  }
  return (
    <Card
      title={t`Customer and return address`}
      actions={
        <Button size="compact-sm" variant="default" onClick={() => setOpen(false)}>
          <Trans>Fold</Trans>
        </Button>
      }
    >
      <fieldset className="bare" disabled={readOnly}>
        <AddressFields
          value={{ contact: header.contact, address: header.return_address }}
          countries={countries}
          errors={errors}
          onChange={({ contact, address }: AddressValue) => change({ ...header, contact, return_address: address })}
          onSettle={leave}
        />
        <div className="header-more">
          <TextInput
            label={t`Your reference`}
            value={header.reference}
            onChange={(event) => change({ ...header, reference: event.currentTarget.value })}
          />
          <TextInput
            label={t`Note to the centre`}
            value={header.note}
            onChange={(event) => change({ ...header, note: event.currentTarget.value })}
          />
        </div>
      </fieldset>
    </Card>
  );
}

function AddressSummary({ header }: { header: DraftHeader }) {
  const { contact, return_address: home } = header;
  const names = new Intl.DisplayNames([currentLocale()], { type: "region" });
  const parts = [home.street, home.district, home.city, home.province, home.postcode];
  return (
    <div className="header-summary">
      <span className="strong">{[contact.company, contact.name].filter(Boolean).join(" · ")}</span>
      <Ltr>{contact.phone}</Ltr>
      <span className="muted">
        {[...parts.filter(Boolean), home.country && (names.of(home.country) ?? home.country)].filter(Boolean).join(", ")}
      </span>
      {header.reference && <span className="muted">{header.reference}</span>}
    </div>
  );
}
