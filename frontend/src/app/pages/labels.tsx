import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { LabelDesk } from "@/features/labels/components/label-desk";
import { settingsQueries, useSetPreferences } from "@/features/settings/queries";
import { Page } from "@/shared/ui/page";

export default function LabelsPage({ params }: { params: Record<string, string | undefined> }) {
  const preferences = useQuery(settingsQueries.preferences());
  const setPreferences = useSetPreferences();
  const order = params["id"] ?? "";
  return (
    <Page title={<Trans>Labels and packing papers</Trans>}>
      <LabelDesk
        key={order}
        order={order}
        printer={preferences.data?.printer ?? ""}
        onPrinter={(printer) => setPreferences.mutate({ printer })}
      />
    </Page>
  );
}
