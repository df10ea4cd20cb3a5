import type { Finding } from "@/shared/bridge/models";

// Which field of the form above the grid a finding of the work order is about.
const fields: Record<string, string> = {
  "submission.contact_name_missing": "contact.name",
  "submission.contact_phone_missing": "contact.phone",
  "submission.phone_unusual": "contact.phone",
  "submission.country_missing": "address.country",
  "submission.province_missing": "address.province",
  "submission.city_missing": "address.city",
  "submission.street_missing": "address.street",
  "submission.postcode_missing": "address.postcode",
  "submission.postcode_unusual": "address.postcode",
};

export function fieldOf(finding: Finding): string | undefined {
  return finding.row === 0 ? fields[finding.code] : undefined;
}
