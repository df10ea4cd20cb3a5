import { Trans, useLingui } from "@lingui/react/macro";
import { SegmentedControl } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { currentLocale } from "@/shared/i18n/i18n";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Notice } from "@/shared/ui/tag";
import { Code, Ltr } from "@/shared/ui/text";
import { toast, toastError } from "@/shared/ui/toast";

import { settings } from "../api";
import { settingsQueries } from "../queries";
import { Setting } from "./settings-form";

interface ComputerSettingsProps {
  version: string;
  platform: string;
  dataDir: string;
  gpu: string;
}

/** This computer: version, where the data is, and how the window draws. */
export function ComputerSettings({ version, platform, dataDir, gpu }: ComputerSettingsProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: settings.setGPU,
    onError: toastError,
    onSuccess: () => {
      toast({ text: t`This works from the next start on.` });
      void client.invalidateQueries({ queryKey: ["system"] });
    },
  });
  return (
    <Card title={t`This computer`}>
      <dl className="facts">
        <dt><Trans>Version</Trans></dt>
        <dd><Code>{version}</Code> <span className="muted"><Ltr>{platform}</Ltr></span></dd>
        <dt><Trans>Data folder</Trans></dt>
        <dd><Code>{dataDir}</Code></dd>
      </dl>
      {platform.startsWith("linux") && (
        <Setting label={t`Draw with the graphics card`}>
          <SegmentedControl
            aria-label={t`Draw with the graphics card`}
            transitionDuration={120}
            value={gpu}
            onChange={(policy) => set.mutate(policy)}
            data={[
              { value: "never", label: t`Never` },
              { value: "on_demand", label: t`When a page asks` },
              { value: "always", label: t`Always` },
            ]}
          />
        </Setting>
      )}
    </Card>
  );
}

interface CentreSettingsProps {
  account: string;
  url: string;
  leave: ReactNode;
  /** Of the centre's own certificate, where it has one. */
  fingerprint: ReactNode;
  /** Where this install's key is kept: keychain, file, or "" in practice. */
  secrets: string;
}

/** Whom this desk speaks for. The address of the centre only ever comes from the centre itself. */
export function CentreSettings({ account, url, leave, fingerprint, secrets }: CentreSettingsProps) {
  const { t } = useLingui();
  const query = useQuery(settingsQueries.centre());
  return (
    <Card title={t`After-sales centre`} actions={leave}>
      <QueryView query={query}>
        {(centre) => {
          const zh = currentLocale() === "zh-CN";
          const address = centre.address.find((a) => a.language === (zh ? "zh-CN" : "en")) ?? centre.address[0];
          return (
            <dl className="facts">
              <dt><Trans>Name</Trans></dt>
              <dd>{(zh && centre.name_zh) || centre.name}</dd>
              <dt><Trans>Account</Trans></dt>
              <dd>{account || "–"}</dd>
              {url && (
                <>
                  <dt><Trans>Address on the network</Trans></dt>
                  <dd><Code>{url}</Code></dd>
                </>
              )}
              {address && (
                <>
                  <dt><Trans>Where parcels go</Trans></dt>
                  <dd>
                    {address.name} <Ltr>{address.phone}</Ltr>
                    {address.lines.map((line) => <div key={line}>{line}</div>)}
                  </dd>
                </>
              )}
            </dl>
          );
        }}
      </QueryView>
      {fingerprint}
      {secrets === "file" && (
        <Notice tone="warn">
          <Trans>
            No keychain answers on this computer. The key to the centre is kept in a file of the data folder that only
            you can read.
          </Trans>
        </Notice>
      )}
    </Card>
  );
}
