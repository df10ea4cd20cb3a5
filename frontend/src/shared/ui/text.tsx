import type { ReactNode } from "react";

import { formatBrief, formatDay, formatInstant } from "@/shared/lib/dates";
import { showCombo } from "@/shared/lib/hotkeys";
import { formatMoney, type Money } from "@/shared/lib/money";

/** A serial, number, waybill, address of a wallet: kept left to right in any language. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <bdi dir="ltr" className="code">
      {children}
    </bdi>
  );
}

/** A phone or other figure that must not be turned around, in the text's own face. */
export function Ltr({ children }: { children: ReactNode }) {
  return <bdi dir="ltr">{children}</bdi>;
}

export function MoneyText({ value }: { value: Money }) {
  return (
    <bdi dir="ltr" className="num">
      {formatMoney(value)}
    </bdi>
  );
}

export function Day({ value }: { value: string }) {
  return <time dateTime={value}>{formatDay(value)}</time>;
}

export function Instant({ value, brief = false }: { value: string; brief?: boolean }) {
  return (
    <time dateTime={value} title={formatInstant(value)} className="num">
      {brief ? formatBrief(value) : formatInstant(value)}
    </time>
  );
}

/**
 * The keys of a deed. Beside the deed's own words they are for the eye only: a
 * screen reader names the button, not "Send orderCtrl". A list of keys is `spoken`.
 */
export function Keys({ combo, spoken = false }: { combo: string; spoken?: boolean }) {
  return (
    <kbd className="kbd" dir="ltr" aria-hidden={!spoken || undefined}>
      {showCombo(combo)}
    </kbd>
  );
}
