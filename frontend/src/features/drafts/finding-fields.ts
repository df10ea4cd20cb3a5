import type { Finding } from "@/shared/bridge/models";

/** Which field of the form above the grid a finding of the work order is about. */
export function fieldOf(finding: Finding): string | undefined {
  const column = finding.column ?? "";
  if (finding.row !== 0) return undefined;
  if (column.startsWith("contact.")) return column;
  if (column.startsWith("return_address.")) return column.replace("return_address.", "address.");
  return undefined;
}
