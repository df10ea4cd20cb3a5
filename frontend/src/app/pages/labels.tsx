import { Trans } from "@lingui/react/macro";

import { LabelDesk } from "@/features/labels/components/label-desk";
import { Page } from "@/shared/ui/page";

export default function LabelsPage({ params }: { params: Record<string, string | undefined> }) {
  const order = params["id"] ?? "";
  return (
    <Page title={<Trans>Labels and packing papers</Trans>}>
      <LabelDesk key={order} order={order} />
    </Page>
  );
}
