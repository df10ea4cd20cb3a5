import { Trans } from "@lingui/react/macro";

import { TrackingList } from "@/features/tracking/components/tracking-list";
import { Page } from "@/shared/ui/page";

export default function OrderTrackingPage({ params }: { params: Record<string, string | undefined> }) {
  return (
    <Page title={<Trans>Tracking</Trans>}>
      <TrackingList order={params["id"] ?? ""} />
    </Page>
  );
}
