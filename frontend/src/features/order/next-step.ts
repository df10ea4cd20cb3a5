import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** What a stage means for the person who filed the order, in a sentence. */
export const stageMeaning: Record<string, MessageDescriptor> = {
  queued: msg`The order waits on this computer until the centre can be reached. Nothing is lost.`,
  submitted: msg`The centre has your request and diagnoses it from afar. Do not send anything yet.`,
  need_info: msg`The centre has a question. Answer it in the messages.`,
  resolved_remote: msg`The centre solved it without a return. If the fault comes back, reopen the order.`,
  return_confirmed: msg`The centre wants the devices. Pack them by scan, enter the waybills, print the labels.`,
  awaiting_parcel: msg`The boxes are on their way to the centre.`,
  parcel_rejected: msg`The centre refused a parcel. Read why, mend it, and send it again.`,
  partially_received: msg`Some boxes have arrived, others are still on their way.`,
  received: msg`The centre has received the devices and will inspect them.`,
  inspecting: msg`The centre is inspecting the devices.`,
  awaiting_decision: msg`There are quotes to answer.`,
  awaiting_payment: msg`Accepted quotes are waiting for your payment. An unpaid device holds the return back.`,
  repairing: msg`The devices are being repaired.`,
  ready_to_ship: msg`The devices are ready to come home.`,
  partially_shipped: msg`Some devices are on their way home, others follow.`,
  shipped: msg`The devices are on their way home.`,
  return_refused: msg`A return was refused. It is not sent again unless the centre decides to: write to the centre.`,
  forfeited: msg`The devices are not returned any more.`,
  closed: msg`The order is finished.`,
  cancelled: msg`The order was cancelled.`,
};

/** What a stage asks of the people at the centre. */
export const benchMeaning: Record<string, MessageDescriptor> = {
  submitted: msg`The customer waits for a diagnosis from afar.`,
  need_info: msg`The customer has been asked and has not answered yet.`,
  resolved_remote: msg`Solved without a return. The customer may reopen it.`,
  return_confirmed: msg`The return is confirmed; the customer packs.`,
  awaiting_parcel: msg`The boxes are on their way here. Scan their waybills when they arrive.`,
  parcel_rejected: msg`A parcel was refused; the customer must mend it and send it again.`,
  partially_received: msg`Some boxes are here, others are still on their way.`,
  received: msg`The devices are here and wait for their inspection.`,
  inspecting: msg`The inspection has begun.`,
  awaiting_decision: msg`The customer has quotes to answer.`,
  awaiting_payment: msg`Quotes are accepted; the payment is missing or not confirmed.`,
  repairing: msg`Devices are on the bench.`,
  ready_to_ship: msg`Devices may go home.`,
  partially_shipped: msg`Some devices are on their way home, others follow.`,
  shipped: msg`The devices are on their way home.`,
  return_refused: msg`The return was refused at the door. The office decides whether it is sent again.`,
  forfeited: msg`The devices are forfeited and not returned any more.`,
  closed: msg`The order is finished.`,
  cancelled: msg`The customer has cancelled the order.`,
};

/** Which stage of the workshop does what the rules offer now. */
export const benchSteps = [
  { kinds: ["diagnose"], stage: "diagnose", label: msg`Diagnose` },
  { kinds: ["decide_correction"], stage: "corrections", label: msg`Answer the correction` },
  { kinds: ["inspect"], stage: "inspect", label: msg`Inspect` },
  { kinds: ["send_quotes"], stage: "quote", label: msg`Quote` },
  { kinds: ["decide_payment"], stage: "payments", label: msg`Check the payment` },
  { kinds: ["start_repair", "finish_repair", "test_result"], stage: "repair", label: msg`Repair` },
  { kinds: ["ship", "track_shipment"], stage: "ship", label: msg`Ship` },
] as const satisfies readonly { kinds: readonly string[]; stage: string; label: MessageDescriptor }[];

/** The main road of a work order; side roads stand beside it as flags. */
export const road = [
  { key: "filed", label: msg`Filed`, stages: ["queued", "submitted", "need_info", "resolved_remote"] },
  { key: "confirmed", label: msg`Return confirmed`, stages: ["return_confirmed"] },
  { key: "sent", label: msg`On its way`, stages: ["awaiting_parcel", "parcel_rejected"] },
  { key: "received", label: msg`Received`, stages: ["partially_received", "received", "inspecting"] },
  { key: "decided", label: msg`Quotes and payment`, stages: ["awaiting_decision", "awaiting_payment"] },
  { key: "repair", label: msg`Repair`, stages: ["repairing"] },
  { key: "home", label: msg`Home`, stages: ["ready_to_ship", "partially_shipped", "shipped", "return_refused"] },
  { key: "done", label: msg`Finished`, stages: ["closed", "forfeited", "cancelled"] },
] as const satisfies readonly { key: string; label: MessageDescriptor; stages: readonly string[] }[];

export const roadIndex = (stage: string): number =>
  road.findIndex(({ stages }) => (stages as readonly string[]).includes(stage));
