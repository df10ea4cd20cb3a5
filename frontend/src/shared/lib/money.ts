import { currentLocale } from "@/shared/i18n/i18n";

export interface Money {
  amount: number; // smallest unit
  currency: string;
}

/** Digits after the point. What is not listed has two, as ISO 4217 has for most. */
const digits: Record<string, number> = { USDT: 6, USDC: 6, BTC: 8, JPY: 0, KRW: 0, VND: 0 };

export const minorDigits = (currency: string): number => digits[currency] ?? 2;

/** "USD 1,234.50": the code, not a sign, because $ and ¥ each name several currencies. */
export function formatMoney({ amount, currency }: Money): string {
  const scale = minorDigits(currency);
  const negative = amount < 0;
  const units = BigInt(Math.abs(amount));
  const base = 10n ** BigInt(scale);
  const whole = new Intl.NumberFormat(currentLocale()).format(units / base);
  const fraction = (units % base).toString().padStart(scale, "0");
  // A stable coin's six decimals are shown only as far as they say something.
  const shown = scale > 2 ? fraction.replace(/0+$/, "").padEnd(2, "0") : fraction;
  return `${currency} ${negative ? "-" : ""}${whole}${scale > 0 ? `.${shown}` : ""}`;
}

/** The plain decimal figure that a bank's form or a field takes: no separators. */
export function plainAmount({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Reads what a person typed ("1,234.5") into smallest units, or undefined. */
export function parseMoney(text: string, currency: string): number | undefined {
  const plain = text.replace(/[\s,，]/g, "");
  const match = /^(\d+)(?:\.(\d*))?$/.exec(plain);
  if (!match) return undefined;
  const scale = minorDigits(currency);
  const fraction = match[2] ?? "";
  if (fraction.length > scale) return undefined;
  const value = Number(`${match[1]}${fraction.padEnd(scale, "0")}`);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** One total a currency, in the order first met. */
export function totals(parts: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const part of parts) sums.set(part.currency, (sums.get(part.currency) ?? 0) + part.amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}
