import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useLocation } from "wouter";

import { OrdersList } from "@/features/orders/components/orders-list";
import { reportPainted } from "@/features/start/painted";
import { startQueries } from "@/features/start/queries";
import { Page } from "@/shared/ui/page";
import { Keys } from "@/shared/ui/text";

export default function OrdersPage() {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const session = useQuery(startQueries.session());
  const shown = useCallback((count: number) => reportPainted("orders", count), []);
  const begin = session.data?.role === "customer" && (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      rightSection={<Keys combo="mod+n" />}
      onClick={() => navigate("/drafts/new")}
    >
      <Trans>New work order</Trans>
    </Button>
  );
  return (
    <Page title={t`Work orders`} actions={begin}>
      <OrdersList emptyAction={begin} onShown={shown} />
    </Page>
  );
}
