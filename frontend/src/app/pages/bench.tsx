import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { BenchBoard } from "@/features/bench/components/bench-page";
import { isStage } from "@/features/bench/stages";
import { settingsQueries } from "@/features/settings/queries";
import { startQueries } from "@/features/start/queries";
import { ScanSoundWanted } from "@/shared/lib/use-scan-sound";
import { Page } from "@/shared/ui/page";

export default function BenchPage({ params }: { params: Record<string, string | undefined> }) {
  const preferences = useQuery(settingsQueries.preferences());
  const session = useQuery(startQueries.session());
  const stage = params["stage"] ?? "";
  const office = ["office", "admin"].includes(session.data?.role ?? "");
  return (
    <Page title={<Trans>Bench</Trans>}>
      <ScanSoundWanted value={preferences.data?.sound ?? false}>
        <BenchBoard stage={isStage(stage) ? stage : "diagnose"} order={params["order"] ?? ""} office={office} />
      </ScanSoundWanted>
    </Page>
  );
}
