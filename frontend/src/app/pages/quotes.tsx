import { Trans } from "@lingui/react/macro";

import { OpenQuotes } from "@/features/quotes/components/open-quotes";
import { Page } from "@/shared/ui/page";

export default function QuotesPage() {
  return (
    <Page title={<Trans>Quotes</Trans>}>
      <OpenQuotes />
    </Page>
  );
}
