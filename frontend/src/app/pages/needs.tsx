import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";

import { NeedsList } from "@/features/needs/components/needs-list";
import { startQueries } from "@/features/start/queries";
import { Page } from "@/shared/ui/page";
import { Keys } from "@/shared/ui/text";

export default function NeedsPage() {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const session = useQuery(startQueries.session());
  return (
    <Page
      title={t`Needs you`}
      actions={
        session.data?.role === "customer" && (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            rightSection={<Keys combo="mod+n" />}
            onClick={() => navigate("/drafts/new")}
          >
            <Trans>New work order</Trans>
          </Button>
        )
      }
    >
      <NeedsList />
    </Page>
  );
}
