import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";

import { JobList } from "@/features/labels/components/job-list";
import { PapersCard, PrintersCard } from "@/features/labels/components/printers-card";
import { Card, Page } from "@/shared/ui/page";

export default function PrintersPage() {
  const { t } = useLingui();
  return (
    <Page title={<Trans>Printers</Trans>}>
      <div className="line">
        <Link href="/templates" className="line-link">
          <Trans>Label templates</Trans>
        </Link>
      </div>
      <div className="stack">
        <PrintersCard />
        <PapersCard />
        <Card title={t`Print jobs`}>
          <JobList />
        </Card>
      </div>
    </Page>
  );
}
