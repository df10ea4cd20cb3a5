import { Trans } from "@lingui/react/macro";

import { TrackingList } from "@/features/tracking/components/tracking-list";
import { Page } from "@/shared/ui/page";

export default function TrackingPage() {
  return (
    <Page title={<Trans>Tracking</Trans>}>
      <TrackingList />
    </Page>
  );
}
