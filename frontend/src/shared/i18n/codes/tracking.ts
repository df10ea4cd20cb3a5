import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** What a tracking service says instead of news, and what to do about it. */
export const trackingCodes: Record<string, MessageDescriptor> = {
  "tracking.answer_unreadable": msg`The tracking service answers something that cannot be read. It is asked again later; the carrier's page may know more.`,
  "tracking.bad_signature": msg`This does not come from the tracking service: its signature is wrong.`,
  "tracking.carrier_unsupported": msg`No tracking service of the centre knows this carrier. Look at the carrier's page and note what it says by hand.`,
  "tracking.key_wrong": msg`The tracking service refuses the centre's key. Whoever runs the centre must put it right; until then use the carrier's page.`,
  "tracking.no_service": msg`The centre does not use this tracking service.`,
  "tracking.number_unknown": msg`The tracking service does not know this number yet, or does not show it to the phones in the work order. Check the waybill; if it is right, ask the carrier.`,
  "tracking.other_parcel": msg`What the carrier says of this number is older than the parcel. The number may be wrong: check the waybill.`,
  "tracking.phone_needed": msg`The carrier shows this parcel only to the phone of its sender or receiver, and no phone in the work order fits. Ask the sender by message which phone is on the waybill, and look at the carrier's page.`,
  "tracking.quota_spent": msg`The centre has used up its questions to the tracking service. It goes on tomorrow; until then use the carrier's page.`,
  "tracking.unreachable": msg`The tracking service does not answer. It is asked again by itself; until then use the carrier's page.`,
};
