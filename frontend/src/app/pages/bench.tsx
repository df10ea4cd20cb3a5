import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { BenchBoard } from "@/features/bench/components/bench-page";
import { isStage } from "@/features/bench/stages";
import { settingsQueries } from "@/features/settings/queries";
import { ScanSoundWanted } from "@/shared/lib/use-scan-sound";
import { Page } from "@/shared/ui/page";

export default function BenchPage({ params }: { params: Record<string, string | undefined> }) {
  const preferences = useQuery(settingsQueries.preferences());
  const stage = params["stage"] ?? "";
  return (
    <Page title={<Trans>Bench</Trans>}>
      <ScanSoundWanted value={preferences.data?.sound ?? false}>
        <BenchBoard stage={isStage(stage) ? stage : "diagnose"} order={params["order"] ?? ""} />
      </ScanSoundWanted>
    </Page>
  );
}
