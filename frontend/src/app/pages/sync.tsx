import { useLingui } from "@lingui/react/macro";

import { OutboxList } from "@/features/sync/components/outbox-list";
import { RestoredNews } from "@/features/sync/components/restored";
import { SyncHead } from "@/features/sync/components/sync-head";
import { UploadList } from "@/features/sync/components/upload-list";
import { Page } from "@/shared/ui/page";

export default function SyncPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Sync and outbox`}>
      <SyncHead />
      <RestoredNews />
      <UploadList />
      <OutboxList />
    </Page>
  );
}
