import { Plural, Trans, useLingui } from "@lingui/react/macro";

import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { Code, Instant } from "@/shared/ui/text";

import type { RecoveryView } from "../api";

/** What was brought back from a damaged file, and what was not. */
export function RecoveryCard({ recovery, dir }: { recovery: RecoveryView; dir: string }) {
  const { t } = useLingui();
  const lost = recovery.unplaced + recovery.damaged;
  return (
    <Card title={<Trans>Recovered on <Instant value={recovery.at} /></Trans>}>
      <p>
        <Trans>
          The file with your work was damaged. Everything in it that could still be read is in a new file, and you are
          working with that one.
        </Trans>
      </p>
      <dl className="facts">
        <dt>{t`Drafts`}</dt>
        <dd className="num">{recovery.drafts}</dd>
        <dt>{t`Device lines`}</dt>
        <dd className="num">{recovery.lines}</dd>
        <dt>{t`Sent or waiting`}</dt>
        <dd className="num">{recovery.sent}</dd>
        <dt>{t`Files`}</dt>
        <dd className="num">{recovery.files}</dd>
      </dl>
      {lost > 0 ? (
        <Notice tone="warn">
          <Plural
            value={lost}
            one="# entry could not be put back whole. Look for it in the saved bundle under “aside”, or restore a backup."
            other="# entries could not be put back whole. Look for them in the saved bundle under “aside”, or restore a backup."
          />
        </Notice>
      ) : (
        <Notice tone="ok"><Trans>Nothing that could be seen in the file is missing.</Trans></Notice>
      )}
      <p className="muted"><Trans>The damaged file is kept in <Code>{`${dir}/${recovery.aside}`}</Code></Trans></p>
    </Card>
  );
}
