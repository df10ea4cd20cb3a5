import "./data.css";

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";

import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Code } from "@/shared/ui/text";
import { toast, toastError } from "@/shared/ui/toast";

import { data } from "../api";
import { dataQueries } from "../queries";
import { BackupsCard } from "./backups-card";
import { RecoveryCard } from "./recovery-card";

/** What this computer keeps, how it is saved twice, and all of it to take away. */
export function DataCards() {
  const { t } = useLingui();
  const query = useQuery(dataQueries.state());
  const bundle = useMutation({
    mutationFn: data.bundle,
    onError: toastError,
    onSuccess: (file) => {
      if (file.url) window.location.assign(file.url);
      if (file.path) toast({ text: <Trans>Saved as <Code>{file.path}</Code></Trans>, stay: 10_000 });
    },
  });
  return (
    <QueryView query={query}>
      {(view) => (
        <div className="data-cards">
          {view.recoveries.map((recovery) => (
            <RecoveryCard key={recovery.aside} recovery={recovery} dir={view.dir} />
          ))}
          <BackupsCard view={view} />
          <Card
            title={t`Everything in one file`}
            actions={
              <Button variant="default" onClick={() => bundle.mutate()} disabled={bundle.isPending}>
                <Trans>Save everything as a zip</Trans>
              </Button>
            }
          >
            <p className="muted">
              <Trans>
                Drafts as tables, what you sent word for word, the centre's answers, photos and vouchers: to read without
                this program, or to hand to somebody who helps.
              </Trans>
            </p>
            <dl className="facts">
              <dt><Trans>Data folder</Trans></dt>
              <dd><Code>{view.dir}</Code></dd>
            </dl>
          </Card>
        </div>
      )}
    </QueryView>
  );
}
