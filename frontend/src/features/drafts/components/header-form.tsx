import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";

import { tError } from "@/shared/i18n/t-error";
import { latestOnly } from "@/shared/lib/latest";
import { AddressFields, type AddressValue } from "@/shared/ui/address-fields";
import { Card } from "@/shared/ui/page";
import { toastError } from "@/shared/ui/toast";

import { type DraftHeader, type DraftView, drafts } from "../api";
import { fieldOf } from "../finding-fields";

interface HeaderFormProps {
  draft: DraftView;
  countries: string[];
  readOnly: boolean;
  onSaved: (draft: DraftView) => void;
}

/** Who sends, and where the machines come home to. Every key is saved as it is pressed. */
export function HeaderForm({ draft, countries, readOnly, onSaved }: HeaderFormProps) {
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
  const errors: Record<string, string> = {};
  for (const finding of draft.findings ?? []) {
    const field = fieldOf(finding);
    if (field !== undefined && finding.severity === "blocking") errors[field] ??= tError(finding.code, finding.args);
  }

  return (
    <Card title={t`Customer and return address`}>
      <fieldset className="bare" disabled={readOnly}>
        <AddressFields
          value={{ contact: header.contact, address: header.return_address }}
          countries={countries}
          errors={errors}
          onChange={({ contact, address }: AddressValue) => change({ ...header, contact, return_address: address })}
          onSettle={() => undefined}
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
