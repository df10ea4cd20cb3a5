import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "wouter";

import { stageTerms } from "@/shared/i18n/terms";
import { TermTag } from "@/shared/ui/term-tag";
import { Code } from "@/shared/ui/text";

import type { OrderView } from "../api";

/** Whose order this is, and the way to all of it. */
export function CaseHead({ view }: { view: OrderView }) {
  const { order } = view;
  return (
    <div className="line">
      <Link href={`/orders/${order.id}`} className="line-link strong">
        <Code>{order.number}</Code>
      </Link>
      <span>{order.contact.company || order.contact.name}</span>
      <TermTag of={stageTerms} value={order.stage} />
      <span className="muted">
        <Plural value={order.device_count} one="# device" other="# devices" />
      </span>
      <span className="grow" />
      <Link href={`/orders/${order.id}/messages`} className="line-link">
        <Trans>Messages</Trans>
      </Link>
    </div>
  );
}

export const offered = (view: OrderView, kind: string) => view.offers.find((offer) => offer.kind === kind);
