import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconAlertCircle, IconCircleCheck, IconClock, IconCloudOff, IconLogout, IconUpload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "wouter";

import type { Tone } from "@/shared/ui/tag";

import type { SyncStatus } from "../api";

/** Always in the same place: where what you did stands. One word for one state. */
export function SyncPill({ status }: { status: SyncStatus }) {
  const { t } = useLingui();
  const { tone, icon: Icon, words } = describe(status);
  return (
    <Link href="/sync" className={`pill tone-${tone}`} title={t`Sync and outbox`}>
      <Icon size={15} stroke={1.75} aria-hidden />
      <span role="status">{words}</span>
    </Link>
  );
}

function describe(status: SyncStatus): { tone: Tone; icon: typeof IconClock; words: ReactNode } {
  const { waiting, refused } = status;
  switch (status.state) {
    case "needs_you":
      return {
        tone: "error",
        icon: IconAlertCircle,
        words: <Plural value={refused} one="Needs you: # was refused" other="Needs you: # were refused" />,
      };
    case "offline":
      return {
        tone: "warn",
        icon: IconCloudOff,
        words:
          waiting === 0 ? (
            <Trans>Offline – all is saved here</Trans>
          ) : (
            <Plural value={waiting} one="Offline – # change waits here" other="Offline – # changes wait here" />
          ),
      };
    case "sending":
      return { tone: "info", icon: IconUpload, words: <Trans>Sending…</Trans> };
    case "waiting":
      return { tone: "warn", icon: IconClock, words: <Trans>Waiting ({waiting})</Trans> };
    case "signed_out":
      return { tone: "error", icon: IconLogout, words: <Trans>Not signed in</Trans> };
    default:
      return { tone: "ok", icon: IconCircleCheck, words: <Trans>All sent</Trans> };
  }
}
