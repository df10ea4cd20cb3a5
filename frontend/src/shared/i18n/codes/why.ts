import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** Why a derived value is what it is, and what a deadline brings (R50). */
export const whyCodes: Record<string, MessageDescriptor> = {
  "deadline.none": msg`Nothing happens by itself on this day.`,
  "deadline.sent_home": msg`The centre sends the devices home by this day.`,
  "deadline.out_of_warranty": msg`After this day the device is out of warranty.`,
  "deadline.quote_lapses": msg`After this day the price no longer holds.`,
  "deadline.may_be_forfeited": msg`From this day on the centre may decide that the device is forfeited. A person decides.`,
  "message.due_extended": msg`The centre has set a new date for sending home.`,
  "message.forfeited": msg`The centre has decided that devices are forfeited.`,
  "message.parcel_rejected": msg`The centre has refused a parcel.`,
  "message.received": msg`The centre has received a parcel.`,
  "message.resolved_remote": msg`The centre has solved it from afar; nothing needs to be sent.`,
  "message.return_confirmed": msg`The centre has confirmed the return. You can pack now.`,
  "why.due_extended": msg`The centre itself has set this day and said why.`,
  "why.due_large_order": msg`A large order takes longer; the centre names the day.`,
  "why.due_receipt": msg`Working days are counted from the confirmed receipt.`,
  "why.due_voucher": msg`Working days are counted from the day the payment voucher was sent.`,
  "why.forfeit_refused": msg`The return was refused at the door.`,
  "why.forfeit_unpaid": msg`The payment has been open for too long.`,
  "why.forfeit_silent": msg`Nobody has answered for too long.`,
  "why.quote_valid": msg`The price holds until this day.`,
  "why.reminder": msg`A reminder comes before a device may be forfeited.`,
  "why.ship_after_receipt": msg`The ship date is after the receipt, so the warranty is not known.`,
  "why.warranty_end": msg`The warranty is counted from the day the device left the factory to the day of receipt.`,
  "why.warranty_in": msg`The device was received within the warranty.`,
  "why.warranty_not_received": msg`Until the device is received this is only expected.`,
  "why.warranty_out": msg`The device was received after the warranty had ended.`,
  "why.warranty_unknown": msg`The ship date is not known, and unknown is never in warranty.`,
  "why.warranty_void": msg`The inspection found a reason that voids the warranty.`,
};
