import { Trans } from "@lingui/react/macro";

import { Keys } from "@/shared/ui/text";

/** The keys that are worth knowing everywhere, and where this is happening. */
export function Footer({ version, practice }: { version: string; practice: boolean }) {
  return (
    <footer className="shell-foot">
      <span>
        <Keys combo="mod+/" /> <Trans>Shortcuts</Trans>
      </span>
      <span>
        <Keys combo="f6" /> <Trans>Next pane</Trans>
      </span>
      <span>
        <Keys combo="f8" /> <Trans>Next problem</Trans>
      </span>
      <span className="grow" />
      {practice && (
        <span>
          <Trans>Practice: nothing here leaves this computer</Trans>
        </span>
      )}
      <span dir="ltr">{version}</span>
    </footer>
  );
}
