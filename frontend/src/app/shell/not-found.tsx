import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { useLocation } from "wouter";

import { EmptyState } from "@/shared/ui/empty-state";
import { Page } from "@/shared/ui/page";

export function NotFound() {
  const [, navigate] = useLocation();
  return (
    <Page title={<Trans>No such screen</Trans>}>
      <EmptyState
        icon={IconMapOff}
        title={<Trans>This address leads nowhere</Trans>}
        action={
          <Button onClick={() => navigate("/needs")}>
            <Trans>Go to the start page</Trans>
          </Button>
        }
      >
        <Trans>It may come from an older version of the program.</Trans>
      </EmptyState>
    </Page>
  );
}
