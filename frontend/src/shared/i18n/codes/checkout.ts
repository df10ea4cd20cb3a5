import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** What a payment server says instead of news, and what to do about it. */
export const checkoutCodes: Record<string, MessageDescriptor> = {
  "checkout.answer_unreadable": msg`The payment server answers something that cannot be read. It is asked again later; you may pay in another way.`,
  "checkout.bad_signature": msg`This does not come from the payment server: its signature is wrong.`,
  "checkout.invoice_unknown": msg`The payment server does not know this payment page any more. Ask the centre.`,
  "checkout.key_wrong": msg`The payment server refuses the centre's key. Whoever runs the centre must put it right; until then pay in another way.`,
  "checkout.link_too_long": msg`The link of the payment page does not fit in a code. Open the page with the button.`,
  "checkout.no_service": msg`The centre has no payment server.`,
  "checkout.refused": msg`The payment server makes no page for this payment. Pay in another way, or ask the centre.`,
  "checkout.unreachable": msg`The payment server does not answer. It is asked again by itself.`,
};
