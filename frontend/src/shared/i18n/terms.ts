import type { MessageDescriptor } from "@lingui/core";
import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Tone } from "@/shared/ui/tag";

// The words and tones of every value that is written out in code, store and
// wire. A value without a row is shown as some other, so a newer centre still reads.

export interface Term {
  label: MessageDescriptor;
  tone?: Tone;
}

type Terms = Record<string, Term>;

export const stageTerms = {
  draft: { label: msg`Draft`, tone: "info" },
  queued: { label: msg`Waiting to be sent`, tone: "warn" },
  submitted: { label: msg`Waiting for diagnosis`, tone: "info" },
  need_info: { label: msg`Question for you`, tone: "warn" },
  resolved_remote: { label: msg`Solved without return`, tone: "ok" },
  return_confirmed: { label: msg`Return confirmed`, tone: "ok" },
  awaiting_parcel: { label: msg`On the way to the centre`, tone: "info" },
  parcel_rejected: { label: msg`Parcel refused`, tone: "error" },
  partially_received: { label: msg`Partly received`, tone: "info" },
  received: { label: msg`Received`, tone: "info" },
  inspecting: { label: msg`Being inspected`, tone: "info" },
  awaiting_decision: { label: msg`Quote to answer`, tone: "money" },
  awaiting_payment: { label: msg`Payment due`, tone: "money" },
  repairing: { label: msg`In repair`, tone: "info" },
  ready_to_ship: { label: msg`Ready to go home`, tone: "ok" },
  partially_shipped: { label: msg`Partly sent home`, tone: "info" },
  shipped: { label: msg`On the way home`, tone: "info" },
  return_refused: { label: msg`Return refused`, tone: "error" },
  forfeited: { label: msg`Forfeited`, tone: "error" },
  closed: { label: msg`Closed`, tone: "quiet" },
  cancelled: { label: msg`Cancelled`, tone: "quiet" },
} satisfies Terms;

export const deviceTerms = {
  listed: { label: msg`Listed`, tone: "quiet" },
  packed: { label: msg`Packed`, tone: "info" },
  dispatched: { label: msg`Handed to the carrier`, tone: "info" },
  received: { label: msg`Received`, tone: "info" },
  missing: { label: msg`Missing from its box`, tone: "error" },
  unexpected: { label: msg`Not listed`, tone: "warn" },
  inspected: { label: msg`Inspected`, tone: "info" },
  quoted: { label: msg`Quoted`, tone: "money" },
  accepted: { label: msg`Quote accepted`, tone: "ok" },
  declined: { label: msg`Quote declined`, tone: "warn" },
  repairing: { label: msg`In repair`, tone: "info" },
  testing: { label: msg`On test`, tone: "info" },
  repaired: { label: msg`Repaired`, tone: "ok" },
  unrepaired: { label: msg`Goes home unrepaired`, tone: "warn" },
  packed_return: { label: msg`Packed for home`, tone: "info" },
  shipped: { label: msg`On the way home`, tone: "info" },
  delivered: { label: msg`Delivered`, tone: "ok" },
  forfeited: { label: msg`Forfeited`, tone: "error" },
} satisfies Terms;

export const markTerms = {
  saved: { label: msg`Saved here`, tone: "quiet" },
  holding: { label: msg`Sending soon`, tone: "info" },
  waiting: { label: msg`Waiting`, tone: "warn" },
  sending: { label: msg`Sending…`, tone: "info" },
  sent: { label: msg`Sent`, tone: "ok" },
  refused: { label: msg`Needs you`, tone: "error" },
} satisfies Terms;

export const classTerms = {
  normal: { label: msg`Normal`, tone: "quiet" },
  mixed: { label: msg`Mixed boards`, tone: "warn" },
  scrap: { label: msg`Scrap`, tone: "error" },
  no_repair_value: { label: msg`Not worth repairing`, tone: "warn" },
  no_fault_found: { label: msg`No fault found`, tone: "ok" },
} satisfies Terms;

export const warrantyTerms = {
  in: { label: msg`In warranty`, tone: "ok" },
  out: { label: msg`Out of warranty`, tone: "warn" },
  void: { label: msg`Warranty void`, tone: "error" },
  unknown: { label: msg`Warranty unknown`, tone: "quiet" },
} satisfies Terms;

export const roleTerms = {
  customer: { label: msg`Farm` },
  technician: { label: msg`Technician` },
  office: { label: msg`Office` },
  admin: { label: msg`Administrator` },
} satisfies Terms;

export const quoteTerms = {
  issued: { label: msg`To answer`, tone: "money" },
  accepted: { label: msg`Accepted`, tone: "ok" },
  declined: { label: msg`Declined`, tone: "warn" },
  superseded: { label: msg`Replaced by a newer one`, tone: "quiet" },
  lapsed: { label: msg`Lapsed`, tone: "quiet" },
  settled: { label: msg`Paid`, tone: "ok" },
} satisfies Terms;

export const paymentTerms = {
  method_chosen: { label: msg`Not paid yet`, tone: "money" },
  voucher_sent: { label: msg`Voucher sent`, tone: "info" },
  under_review: { label: msg`Under review`, tone: "info" },
  confirmed: { label: msg`Confirmed`, tone: "ok" },
  rejected: { label: msg`Rejected`, tone: "error" },
  underpaid: { label: msg`Too little arrived`, tone: "error" },
  overpaid: { label: msg`Too much arrived`, tone: "warn" },
  refunded: { label: msg`Refunded`, tone: "quiet" },
  waiting: { label: msg`Waiting for the payment`, tone: "money" },
  seen: { label: msg`Payment seen`, tone: "info" },
  late: { label: msg`Paid too late`, tone: "warn" },
  expired: { label: msg`Payment page expired`, tone: "warn" },
} satisfies Terms;

/** What the payment server says of one page. */
export const checkoutTerms = {
  open: { label: msg`Waiting for the payment`, tone: "money" },
  seen: { label: msg`Payment seen`, tone: "info" },
  expired: { label: msg`Payment page expired`, tone: "warn" },
  underpaid: { label: msg`Too little arrived`, tone: "error" },
  late: { label: msg`Paid too late`, tone: "warn" },
  doubtful: { label: msg`Seen, but not confirmed`, tone: "error" },
  paid: { label: msg`Confirmed`, tone: "ok" },
  overpaid: { label: msg`Too much arrived`, tone: "warn" },
} satisfies Terms;

export const payMethodTerms = {
  bank_transfer: { label: msg`Bank transfer` },
  usdt_trc20: { label: msg`USDT on TRON (TRC-20)` },
  crypto_checkout: { label: msg`Cryptocurrency, on a payment page` },
} satisfies Terms;

export const parcelTerms = {
  planned: { label: msg`Being packed`, tone: "quiet" },
  handed_over: { label: msg`Handed to the carrier`, tone: "info" },
  in_transit: { label: msg`On the way`, tone: "info" },
  signed: { label: msg`Signed for`, tone: "ok" },
  rejected: { label: msg`Refused`, tone: "error" },
  held_for_pickup: { label: msg`Held for pickup`, tone: "warn" },
  lost: { label: msg`Lost`, tone: "error" },
} satisfies Terms;

export const shipmentTerms = {
  shipped: { label: msg`Shipped`, tone: "info" },
  in_transit: { label: msg`On the way`, tone: "info" },
  out_for_delivery: { label: msg`Out for delivery`, tone: "info" },
  delivered: { label: msg`Delivered`, tone: "ok" },
  refused: { label: msg`Refused`, tone: "error" },
  exception: { label: msg`Held up`, tone: "warn" },
  returned_to_centre: { label: msg`Back at the centre`, tone: "warn" },
  lost: { label: msg`Lost`, tone: "error" },
} satisfies Terms;

/** What carriers say, besides the words of a box's or a shipment's own status. */
export const trackTerms = {
  unknown: { label: msg`No news` },
  info_received: { label: msg`Announced to the carrier` },
  picked_up: { label: msg`Picked up` },
  in_transit: { label: msg`On the way` },
  customs: { label: msg`At customs` },
  out_for_delivery: { label: msg`Out for delivery` },
  available_for_pickup: { label: msg`Ready for pickup` },
  delivered: { label: msg`Delivered` },
  attempt_failed: { label: msg`Delivery attempt failed` },
  exception: { label: msg`Held up` },
  refused: { label: msg`Refused` },
  returning: { label: msg`On the way back to the sender` },
  returned: { label: msg`Back at the sender` },
  lost: { label: msg`Lost` },
  expired: { label: msg`No more news` },
} satisfies Terms;

/** Who told a line of a tracking timeline. Services go by their own name. */
export const sourceTerms = {
  by_hand: { label: msg`noted by hand` },
  customer: { label: msg`said by the customer` },
  sf: { label: msg`SF Express` },
  kuaidi100: { label: msg`kuaidi100` },
  "17track": { label: msg`17track` },
} satisfies Terms;

export const commandTerms = {
  submit: { label: msg`Work order` },
  cancel: { label: msg`Cancellation` },
  answer: { label: msg`Answer` },
  reopen: { label: msg`Reopening` },
  message: { label: msg`Message` },
  ask_carrier: { label: msg`Question about the carrier` },
  set_parcels: { label: msg`Boxes and waybills` },
  hand_over: { label: msg`Handover to the carrier` },
  request_correction: { label: msg`Correction request` },
  accept_quotes: { label: msg`Accepted quotes` },
  decline_quotes: { label: msg`Declined quotes` },
  choose_payment: { label: msg`Way of paying` },
  send_voucher: { label: msg`Payment voucher` },
  confirm_delivery: { label: msg`Delivery confirmed` },
  diagnose: { label: msg`Diagnosis` },
  decide_correction: { label: msg`Answer to a correction` },
  track_parcel: { label: msg`Tracking event of a box` },
  receive_parcel: { label: msg`Goods receipt` },
  reject_parcel: { label: msg`Parcel refused` },
  inspect: { label: msg`Inspection` },
  send_quotes: { label: msg`Quotes` },
  decide_payment: { label: msg`Answer to a payment` },
  start_repair: { label: msg`Repair started` },
  finish_repair: { label: msg`Repair finished` },
  test_result: { label: msg`Test result` },
  return_unrepaired: { label: msg`Return without repair` },
  ship: { label: msg`Return shipment` },
  track_shipment: { label: msg`Tracking event` },
  extend_due: { label: msg`New due date` },
  forfeit: { label: msg`Forfeiture` },
  close: { label: msg`Closing` },
  record_unclaimed: { label: msg`Unclaimed parcel` },
  set_mailbox: { label: msg`Address for letters` },
  decide_unclaimed: { label: msg`Decision on an unclaimed parcel` },
} satisfies Terms;

export const diagnosisTerms = {
  return_recommended: { label: msg`To be returned` },
  resolved_remote: { label: msg`Solved from afar` },
  need_info: { label: msg`A question first` },
} satisfies Terms;

export const correctionTerms = {
  requested: { label: msg`Asked`, tone: "warn" },
  applied: { label: msg`Applied`, tone: "ok" },
  refused: { label: msg`Refused`, tone: "error" },
} satisfies Terms;

export const correctionFieldTerms = {
  serial: { label: msg`Serial number` },
  model: { label: msg`Model` },
  waybill_number: { label: msg`Waybill number` },
  carrier: { label: msg`Carrier` },
} satisfies Terms;

/** What a deadline is about. */
export const deadlineTerms = {
  dispatch: { label: msg`The centre sends it home`, tone: "info" },
  warranty_end: { label: msg`Last day of receipt in warranty`, tone: "warn" },
  quote_valid: { label: msg`The quote lapses`, tone: "money" },
  forfeit: { label: msg`The centre may keep it from here on`, tone: "error" },
  reminder: { label: msg`Reminder`, tone: "warn" },
} satisfies Terms;

/** The word for a value of the contract. One that a newer centre has is some other. */
export function tTerm(terms: Terms, value: string): string {
  const term = termOf(terms, value);
  if (term === undefined) return value === "" ? "" : i18n._(msg`Other (${value})`);
  return i18n._(term.label);
}

/** The word for a name that people may also make up: then the name itself. */
export function tName(terms: Terms, value: string): string {
  const term = termOf(terms, value);
  return term === undefined ? value : i18n._(term.label);
}

/** The row of a value. What every object has by birth is no row. */
function termOf(terms: Terms, value: string): Term | undefined {
  return Object.hasOwn(terms, value) ? terms[value] : undefined;
}

export function toneOf(terms: Terms, value: string): Tone {
  return termOf(terms, value)?.tone ?? "quiet";
}

/** What a "why" names as its inputs. */
export const inputTerms = {
  ship_date: { label: msg`Shipped from the factory` },
  received_on: { label: msg`Received` },
  voucher_sent_on: { label: msg`Voucher sent` },
  last_day: { label: msg`Last day in warranty` },
  age_days: { label: msg`Age in days` },
  warranty_days: { label: msg`Warranty days` },
  transit_days: { label: msg`Days on the road` },
  void_codes: { label: msg`What voids it` },
  working_days: { label: msg`Working days` },
  large_from: { label: msg`Devices of a large order` },
  extended_to: { label: msg`Set by the centre` },
  reason: { label: msg`Reason` },
  quote_version: { label: msg`Version of the quote` },
  eligible_from: { label: msg`Possible from` },
  last_safe_day: { label: msg`Last safe day` },
  forfeit_days: { label: msg`Days of waiting` },
  class: { label: msg`Class` },
  warranty: { label: msg`Warranty` },
} satisfies Terms;
