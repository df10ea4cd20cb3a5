/** The comparing form of a serial for ticking off a list; Go decides for real. */
export const serialKey = (serial: string): string =>
  serial
    .normalize("NFKC")
    .toUpperCase()
    .replace(/^S\/?N[:：]/, "")
    .replace(/[\s\u200B-\u200D\uFEFF\-‐-―]/g, "");

export interface Count {
  found: string[];
  missing: string[];
  extra: string[];
}

/** What a count of a box says against what its work order lists. */
export function countBox(expected: readonly string[], scanned: readonly string[]): Count {
  const want = new Map(expected.map((serial) => [serialKey(serial), serial]));
  const have = new Set(scanned.map(serialKey));
  return {
    found: expected.filter((serial) => have.has(serialKey(serial))),
    missing: expected.filter((serial) => !have.has(serialKey(serial))),
    extra: scanned.filter((serial) => !want.has(serialKey(serial))),
  };
}

/** Adds a scan to the list, once. */
export const addScan = (scanned: readonly string[], code: string): string[] =>
  scanned.some((other) => serialKey(other) === serialKey(code)) ? [...scanned] : [...scanned, code];
