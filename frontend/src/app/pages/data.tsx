import { useLingui } from "@lingui/react/macro";

import { DataCards } from "@/features/data/components/data-page";
import { Page } from "@/shared/ui/page";

export default function DataPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Data on this computer`}>
      <DataCards />
    </Page>
  );
}
