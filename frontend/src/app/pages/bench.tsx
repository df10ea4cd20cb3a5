import { Trans } from "@lingui/react/macro";

import { BenchBoard } from "@/features/bench/components/bench-page";
import { isStage } from "@/features/bench/stages";
import { Page } from "@/shared/ui/page";

export default function BenchPage({ params }: { params: Record<string, string | undefined> }) {
  const stage = params["stage"] ?? "";
  return (
    <Page title={<Trans>Bench</Trans>}>
      <BenchBoard stage={isStage(stage) ? stage : "diagnose"} order={params["order"] ?? ""} />
    </Page>
  );
}
