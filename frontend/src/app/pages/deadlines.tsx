import { Trans } from "@lingui/react/macro";

import { DeadlineList } from "@/features/deadlines/components/deadline-list";
import { Page } from "@/shared/ui/page";

export default function DeadlinesPage() {
  return (
    <Page title={<Trans>Deadlines</Trans>}>
      <DeadlineList />
    </Page>
  );
}
