import { currentLocale } from "@/shared/i18n/i18n";

/** The zone of the guide's dates: a due date is a day in China, wherever the farm is. */
export const guideZone = "Asia/Shanghai";

/** An instant (RFC 3339) in this PC's zone: "22 Nov 2026, 14:05". */
export function formatInstant(at: string): string {
  return format(at, { dateStyle: "medium", timeStyle: "short" });
}

/** Today only the time, else the day. */
export function formatBrief(at: string, now: Date = new Date()): string {
  const time = new Date(at);
  if (time.toDateString() === now.toDateString()) return format(at, { hour: "2-digit", minute: "2-digit" });
  const sameYear = time.getFullYear() === now.getFullYear();
  return format(at, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** A calendar day: "2026-11-22", or an instant seen from China. */
export function formatDay(day: string): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(day);
  return format(plain ? `${day}T00:00:00Z` : day, { dateStyle: "medium", timeZone: plain ? "UTC" : guideZone });
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(currentLocale()).format(value);
}

function format(at: string, options: Intl.DateTimeFormatOptions): string {
  const time = new Date(at);
  if (at === "" || Number.isNaN(time.getTime())) return "–";
  return new Intl.DateTimeFormat(currentLocale(), options).format(time);
}
