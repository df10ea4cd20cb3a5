/** A size as people read it, in the language of the screen. */
export function sizeText(bytes: number, locale: string): string {
  const mega = bytes / 1_000_000;
  const digits = mega < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(mega)} MB`;
}
