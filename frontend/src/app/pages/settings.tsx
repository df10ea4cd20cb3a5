import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { CentreSettings, ComputerSettings } from "@/features/settings/components/about-settings";
import { MailboxSettings } from "@/features/settings/components/mailbox-settings";
import { ProfileSettings } from "@/features/settings/components/profile-settings";
import { ScannerTest } from "@/features/settings/components/scanner-test";
import { LookSettings } from "@/features/settings/components/settings-form";
import { PinnedFingerprint } from "@/features/start/components/fingerprint";
import { LeaveButton } from "@/features/start/components/leave-button";
import { startQueries } from "@/features/start/queries";
import { Page } from "@/shared/ui/page";

export default function SettingsPage() {
  const { t } = useLingui();
  const info = useQuery(startQueries.info());
  const session = useQuery(startQueries.session());
  return (
    <Page
      title={t`Settings`}
      actions={
        <Button component={Link} href="/settings/data" variant="default">
          <Trans>Data and backups</Trans>
        </Button>
      }
    >
      <div className="settings">
        <LookSettings />
        {session.data?.role === "customer" && <ProfileSettings />}
        {session.data?.role === "customer" && <MailboxSettings />}
        {session.data && (
          <CentreSettings
            account={session.data.account}
            url={session.data.url}
            leave={<LeaveButton session={session.data} />}
            secrets={session.data.secrets}
            fingerprint={
              session.data.fingerprint !== "" && (
                <PinnedFingerprint url={session.data.url} fingerprint={session.data.fingerprint} />
              )
            }
          />
        )}
        <ScannerTest />
        {info.data && (
          <ComputerSettings
            version={info.data.version}
            platform={info.data.platform}
            dataDir={info.data.data_dir}
            gpu={info.data.gpu}
          />
        )}
      </div>
    </Page>
  );
}
