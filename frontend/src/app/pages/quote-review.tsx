import { Trans } from "@lingui/react/macro";

import { QuoteReview } from "@/features/quotes/components/quote-review";
import { Page } from "@/shared/ui/page";

export default function QuoteReviewPage({ params }: { params: Record<string, string | undefined> }) {
  return (
    <Page title={<Trans>Answer quotes</Trans>}>
      <QuoteReview order={params["id"] ?? ""} />
    </Page>
  );
}
