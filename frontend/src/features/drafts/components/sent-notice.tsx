import { Plural, Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconClock, IconSend } from "@tabler/icons-react";

import { useNowUntil } from "@/shared/lib/use-now";
import { Keys } from "@/shared/ui/text";

import type { DraftView } from "../api";

interface SentNoticeProps {
  draft: DraftView;
  onUndo: () => void;
}

/** How long a Send may still be taken back. */
export function HoldText({ draft }: { draft: DraftView }) {
  const left = secondsLeft(draft, useNowUntil(draft.hold_until));
  return (
    <>
      <Plural value={draft.row_count} one="# device is about to be sent." other="# devices are about to be sent." />{" "}
      <span aria-hidden>
        <Plural value={left} one="# second to take it back." other="# seconds to take it back." />
      </span>
    </>
  );
}

const secondsLeft = (draft: DraftView, now: number): number =>
  draft.hold_until === "" ? 0 : Math.max(0, Math.ceil((new Date(draft.hold_until).getTime() - now) / 1000));

/** After Send: nine seconds to take it back, then honest words until the centre has confirmed. */
export function SentNotice({ draft, onUndo }: SentNoticeProps) {
  const now = useNowUntil(draft.hold_until);
  const held = draft.state === "holding" && secondsLeft(draft, now) > 0;
  return (
    <div className="sent-notice tone-info" role="status">
      {held ? <IconSend size={20} stroke={1.75} aria-hidden /> : <IconClock size={20} stroke={1.75} aria-hidden />}
      <span className="grow">
        {held ? (
          <HoldText draft={draft} />
        ) : draft.state === "sending" ? (
          <Trans>Sending…</Trans>
        ) : (
          <Trans>Waiting until the centre confirms. It is safe here and is sent by itself as soon as the centre can be reached.</Trans>
        )}
      </span>
      {held && (
        <Button variant="default" onClick={onUndo} rightSection={<Keys combo="mod+z" />}>
          <Trans>Undo</Trans>
        </Button>
      )}
    </div>
  );
}
