// Work orders for tests of the screens that show one: every noun complete, each
// test says only what it is about. No rule of the guide lives here.
import type { desk, repair } from "@wails/go/models";

import { type Fake, farm, person } from "./fake-bridge";

/** Answers calls of one bound struct; a value is its answer, a function is asked. */
export function answer(fake: Fake, struct: string, answers: Record<string, unknown>): void {
  fake.bound[struct] = {
    ...fake.bound[struct],
    ...Object.fromEntries(
      Object.entries(answers).map(([name, given]) => [
        name,
        async (...args: unknown[]) => {
          fake.calls.push({ method: `${struct}.${name}`, args });
          return structuredClone(await (typeof given === "function" ? given(...args) : given));
        },
      ]),
    ),
  };
}

/** What Go says no with. */
export const refusal = (code: string, kind = "conflict", rule = "") => {
  throw new Error(JSON.stringify({ kind, code, rule, args: {} }));
};

export const usd = (amount: number): repair.Money => ({ amount, currency: "USD" });
export const why = (rule: string, code = "", inputs: Record<string, string> = {}): repair.Why => ({ rule, code, inputs });
const at = "2026-11-20T08:00:00Z";

export const workOrder = (more: Partial<repair.WorkOrder> = {}): repair.WorkOrder => ({
  id: "order-1", number: "WO-2026-000014", account: "a", contact: person, return_address: farm, reference: "Hall 3", note: "",
  device_count: 2, submitted_at: at, last_contact_at: at, stage: "awaiting_decision", rev: 1, ...more,
}); // prettier-ignore

export const device = (n: number, more: Partial<repair.Device> = {}): repair.Device => ({
  id: `device-${n}`, work_order: "order-1", line: n, serial: `JM24X7${1000 + n}`, model: "X16-P", complaint: "0 ASIC",
  status: "quoted", revision: 1, rev: 1, ...more,
}); // prettier-ignore

export const deviceRow = (n: number, more: Partial<desk.DeviceRow> = {}): desk.DeviceRow =>
  ({ device: device(n), actions: [], declinable: false, decline_rule: "", pending: "", box_seq: 0, shipment_seq: 0, ...more });

export const quote = (n: number, more: Partial<repair.Quote> = {}): repair.Quote => ({
  id: `quote-${n}`, work_order: "order-1", device: `device-${n}`, version: 1, class: "normal",
  lines: [{ code: "", text: "Parts", amount: usd(8600) }], total: usd(8600), status: "issued", issued_at: at, issued_by: "p", rev: 1,
  ...more,
}); // prettier-ignore

export const quoteRow = (n: number, more: Partial<desk.QuoteRow> = {}): desk.QuoteRow => ({
  device: device(n), quote: quote(n), earlier: [], acceptable: true, declinable: false, rule: "R32",
  consequence: "quote.must_be_paid", pending: "", why: why("R26"), ...more,
}); // prettier-ignore

export const parcel = (more: Partial<repair.Parcel> = {}): repair.Parcel => ({
  id: "parcel-1", work_order: "order-1", seq: 1, of: 1, carrier: "sf", waybill_number: "SF1000590733158",
  freight_terms: "prepaid_by_sender", delivery_mode: "door", sender_phone: "", devices: ["device-1"], status: "signed",
  revision: 1, rev: 1, ...more,
}); // prettier-ignore

export const orderView = (more: Partial<desk.OrderView> = {}): desk.OrderView => ({
  order: workOrder(), parcels: [], shipments: [], payments: [], messages: [], corrections: [], offers: [], refundable: [], deadlines: [],
  pending: [], due: [], counts: { quoted: 2 }, sync: "sent", synced_at: at, warnings: [], ...more,
}); // prettier-ignore

export const box = (seq: number, more: Partial<desk.BoxView> = {}): desk.BoxView => ({
  id: `box-id-${seq}`, seq, of: 1, devices: [], carrier: "sf", waybill: "", checked_by: "", override: false,
  freight_terms: "prepaid_by_sender", delivery_mode: "door", sender_phone: "", weight_grams: 0, photos: [], replaces: "",
  status: "", label_printed: 0, ...more,
}); // prettier-ignore

export const packed = (n: number): desk.PackDevice => ({ id: `device-${n}`, line: n, serial: `JM24X7${1000 + n}`, model: "X16-P" });

export const packView = (more: Partial<desk.PackView> = {}): desk.PackView => ({
  order: "order-1", number: "WO-2026-000014", stage: "return_confirmed", open: true, boxes: [box(1, { devices: [packed(1)] })],
  unpacked: [], left: 1, total: 2, checklist: [
    { id: "P1", text_en: "Switch the machine off.", text_zh: "关机。", ticked: true },
    { id: "P2", text_en: "Wrap it.", text_zh: "包好。", ticked: false },
  ], acked: false, findings: [], blocking: 0, sync: "saved", warranty: [], ...more,
}); // prettier-ignore

export const payment = (more: Partial<repair.Payment> = {}): repair.Payment => ({
  id: "payment-1", work_order: "order-1", quotes: ["quote-1"], amount: usd(17600), method: "bank_transfer", reference: "WO-2026-000014-P1",
  status: "under_review", received: usd(0), rev: 1, ...more,
}); // prettier-ignore

export const paySheet = (more: Partial<desk.PaySheet> = {}): desk.PaySheet => ({
  order: workOrder({ stage: "awaiting_payment" }), payments: [], payee_changed: false, hold: [], checkout: false,
  due: [{ amount: usd(17600), whole: usd(17600), arrived: usd(0), payment: "", quotes: ["quote-1"], reference: "WO-2026-000014-P1",
    payees: [{ method: "bank_transfer", currency: "USD", name: "Northern Repair", account: "DE00123412341234", bank: "A Bank" }] }],
  ...more,
}); // prettier-ignore

export const trackRow = (more: Partial<desk.TrackRow> = {}): desk.TrackRow => ({
  order: "order-1", number: "WO-2026-000014", direction: "home", seq: 1, of: 2, id: "shipment-1", carrier: "sf", waybill: "SF1000220300824",
  page: "", status: "in_transit", devices: 2, events: [], stale: false, at, trouble: undefined, ...more,
} as desk.TrackRow); // prettier-ignore

/** The embedded lists that the screens choose from. */
export const catalog = (more: Partial<desk.Catalog> = {}): desk.Catalog => ({
  models: ["X16-P"], countries: ["KZ"], faults: [{ code: "F06", en: "Chips missing", zh: "掉芯片" }],
  carriers: [
    { code: "sf", en: "SF Express", zh: "顺丰速运", needs_phone: true, return_allowed: true, use: "parcel" },
    { code: "deppon", en: "Deppon", zh: "德邦", needs_phone: false, return_allowed: false, use: "heavy" },
  ],
  voids: [{ code: "V08", en: "Overclocked", zh: "超频" }], scraps: [{ code: "S01", en: "Burnt", zh: "烧毁" }],
  rejections: [{ code: "content_mismatch", en: "What is in the box is not what the work order says", zh: "箱内物品与工单不符" }],
  rules: [], ...more,
}); // prettier-ignore
