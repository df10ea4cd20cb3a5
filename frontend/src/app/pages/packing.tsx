import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { PackingDesk } from "@/features/packing/components/packing-desk";
import { settingsQueries } from "@/features/settings/queries";
import { ScanSoundWanted } from "@/shared/lib/use-scan-sound";
import { Page } from "@/shared/ui/page";

export default function PackingPage({ params }: { params: Record<string, string | undefined> }) {
  const preferences = useQuery(settingsQueries.preferences());
  const order = params["id"] ?? "";
  return (
    <Page title={<Trans>Packing</Trans>}>
      <ScanSoundWanted value={preferences.data?.sound ?? false}>
        <PackingDesk key={order} order={order} />
      </ScanSoundWanted>
    </Page>
  );
}
