import { Trans } from "@lingui/react/macro";

import { PackingDesk } from "@/features/packing/components/packing-desk";
import { Page } from "@/shared/ui/page";

export default function PackingPage({ params }: { params: Record<string, string | undefined> }) {
  return (
    <Page title={<Trans>Packing</Trans>}>
      <PackingDesk order={params["id"] ?? ""} />
    </Page>
  );
}
