import { Trans } from "@lingui/react/macro";

import { PayPage } from "@/features/payments/components/pay-page";
import { Page } from "@/shared/ui/page";

export default function Pay({ params }: { params: Record<string, string | undefined> }) {
  return (
    <Page title={<Trans>Pay</Trans>}>
      <PayPage order={params["id"] ?? ""} />
    </Page>
  );
}
