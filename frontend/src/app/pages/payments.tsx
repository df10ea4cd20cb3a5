import { Trans } from "@lingui/react/macro";

import { OpenPayments } from "@/features/payments/components/open-payments";
import { Page } from "@/shared/ui/page";

export default function PaymentsPage() {
  return (
    <Page title={<Trans>Payments</Trans>}>
      <OpenPayments />
    </Page>
  );
}
