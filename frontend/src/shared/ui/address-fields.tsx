import { useLingui } from "@lingui/react/macro";
import { Select, TextInput } from "@mantine/core";

import type { Address, Contact } from "@/shared/bridge/models";
import { currentLocale } from "@/shared/i18n/i18n";

export interface AddressValue {
  contact: Contact;
  address: Address;
}

interface AddressFieldsProps {
  value: AddressValue;
  /** ISO 3166 codes to choose from. */
  countries: string[];
  /** What is wrong, by field: contact.name, address.city … */
  errors?: Record<string, string>;
  onChange: (value: AddressValue) => void;
  /** A field was left: the moment to save, or to say what is wrong with it. */
  onSettle: (field: string) => void;
}

type Field = readonly [part: "contact" | "address", name: string, label: string, need?: boolean, ltr?: boolean];

/** The contact and the return address, in the order people write them. One name in one field. */
export function AddressFields({ value, countries, errors = {}, onChange, onSettle }: AddressFieldsProps) {
  const { t } = useLingui();
  const names = new Intl.DisplayNames([currentLocale()], { type: "region" });
  const fields: Field[] = [
    ["contact", "company", t`Company or farm`],
    ["contact", "name", t`Contact person`, true],
    ["contact", "phone", t`Phone`, true, true],
    ["contact", "email", t`Email`, false, true],
    ["address", "street", t`Street, building`, true],
    ["address", "district", t`District`],
    ["address", "city", t`City`, true],
    ["address", "province", t`Province or state`, true],
    ["address", "postcode", t`Postcode`, false, true],
    ["address", "recipient", t`Recipient, if someone else`],
  ];
  const set = (part: "contact" | "address", name: string, text: string) =>
    onChange({ ...value, [part]: { ...value[part], [name]: text } });
  const text = (part: "contact" | "address", name: string): string =>
    (value[part] as unknown as Record<string, string>)[name] ?? "";

  return (
    <div className="address-fields">
      {fields.map(([part, name, label, need, ltr]) => (
        <TextInput
          key={`${part}.${name}`}
          className={`field-${name}`}
          label={label}
          withAsterisk={need}
          aria-required={need}
          dir={ltr ? "ltr" : "auto"}
          value={text(part, name)}
          error={errors[`${part}.${name}`]}
          data-field={`${part}.${name}`}
          onChange={(event) => set(part, name, event.currentTarget.value)}
          onBlur={() => onSettle(`${part}.${name}`)}
        />
      ))}
      <Select
        className="field-country"
        label={t`Country`}
        withAsterisk
        aria-required
        searchable
        value={value.address.country || null}
        error={errors["address.country"]}
        data-field="address.country"
        data={countries.map((code) => ({ value: code, label: names.of(code) ?? code }))}
        onChange={(code) => set("address", "country", code ?? "")}
        onBlur={() => onSettle("address.country")}
      />
    </div>
  );
}
