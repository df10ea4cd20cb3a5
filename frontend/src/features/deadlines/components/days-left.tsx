import { Plural, Trans } from "@lingui/react/macro";

import { Tag, type Tone } from "@/shared/ui/tag";

import { urgencyOf, type Urgency } from "../urgency";

const tones: Record<Urgency, Tone> = { overdue: "error", soon: "error", week: "warn", later: "quiet" };

/** The days left as a word: never colour alone. */
export function DaysLeft({ days }: { days: number }) {
  return (
    <Tag tone={tones[urgencyOf(days)]}>
      {days === 0 ? (
        <Trans>today</Trans>
      ) : days < 0 ? (
        <Plural value={-days} one="# day ago" other="# days ago" />
      ) : (
        <Plural value={days} one="# day left" other="# days left" />
      )}
    </Tag>
  );
}
