import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { startQueries } from "@/features/start/queries";
import { TrackingList } from "@/features/tracking/components/tracking-list";
import { Page } from "@/shared/ui/page";

export default function TrackingPage() {
  const session = useQuery(startQueries.session());
  return (
    <Page title={<Trans>Tracking</Trans>}>
      <TrackingList mayConfirm={session.data?.role === "customer"} />
    </Page>
  );
}
