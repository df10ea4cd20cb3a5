import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Select } from "@mantine/core";
import { IconPlus, IconPrinter } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { tName, tTerm } from "@/shared/i18n/terms";
import { EmptyState } from "@/shared/ui/empty-state";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { toast, toastError } from "@/shared/ui/toast";

import { labels, type PrinterProfile } from "../api";
import { type Paper, papers, stocks } from "../documents";
import { labelQueries, usePrinterDeed } from "../queries";
import { statusTerms } from "../status";
import { usePaperPrinter } from "../use-paper-printer";
import { CalibrateDialog } from "./calibrate-dialog";
import { freshProfile, PrinterDialog } from "./printer-dialog";

/** The printers that were set up here. */
export function PrintersCard() {
  const { t } = useLingui();
  const query = useQuery(labelQueries.settings());
  const [editing, setEditing] = useState<PrinterProfile>();
  return (
    <Card
      title={t`Label printers`}
      actions={
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing(freshProfile)}>
          <Trans>Set up a printer</Trans>
        </Button>
      }
    >
      <QueryView query={query}>
        {(settings) =>
          (settings.profiles ?? []).length === 0 ? (
            <EmptyState icon={IconPrinter} title={<Trans>No label printer is set up</Trans>}>
              <Trans>A label printer on the network or in a queue gets its own language, dot for dot what the preview shows.</Trans>
            </EmptyState>
          ) : (
            <ul className="lines" aria-label={t`Label printers`}>
              {settings.profiles.map((profile) => (
                <Profile key={profile.id} profile={profile} onEdit={() => setEditing(profile)} />
              ))}
            </ul>
          )
        }
      </QueryView>
      {editing && <PrinterDialog profile={editing} onClose={() => setEditing(undefined)} />}
    </Card>
  );
}

function Profile({ profile, onEdit }: { profile: PrinterProfile; onEdit: () => void }) {
  const { t } = useLingui();
  const id = `profile:${profile.id}`;
  const [stock, setStock] = useState("large");
  const [calibrating, setCalibrating] = useState(false);
  const remove = usePrinterDeed(labels.removePrinter);
  const save = usePrinterDeed(labels.savePrinter);
  const page = useMutation({
    mutationFn: () => labels.testPage(id, stock, false),
    onSuccess: (job) => toast({ text: <Trans>Given to {job.printer}. Its state is under Printers.</Trans> }),
    onError: toastError,
  });
  const ask = useMutation({ mutationFn: () => labels.status(id), onError: toastError });
  const paper = (value: string) => (value in papers ? tTerm(papers, value) : tName(stocks, value));
  const offered = profile.language === "pdf" ? ["large", "small", ...Object.keys(stocks)] : ["large", "small"];
  return (
    <li className="line">
      <div className="grow">
        <div className="strong">{profile.name}</div>
        <div className="muted small">
          {profile.language.toUpperCase()}
          {profile.language !== "pdf" && ` · ${profile.dpi} dpi`} · {profile.target === "tcp" ? profile.address : profile.queue}
        </div>
        {ask.data && (
          <div className="small" role="status">
            {tTerm(statusTerms, ask.data.state)}
          </div>
        )}
      </div>
      <Group gap={6}>
        <Select
          aria-label={t`Paper in ${profile.name}`}
          size="xs"
          w={220}
          value={stock}
          onChange={(value) => value && setStock(value)}
          data={offered.map((value) => ({ value, label: paper(value) }))}
          allowDeselect={false}
        />
        <Button variant="default" size="compact-sm" disabled={page.isPending} onClick={() => page.mutate()} aria-label={t`Test page of ${profile.name}`}>
          <Trans>Test page</Trans>
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => setCalibrating(true)} aria-label={t`Calibrate ${profile.name}`}>
          <Trans>Calibrate</Trans>
        </Button>
        {profile.target === "tcp" && profile.language === "zpl" && (
          <Button variant="default" size="compact-sm" disabled={ask.isPending} onClick={() => ask.mutate()} aria-label={t`Ask its state: ${profile.name}`}>
            <Trans>Ask its state</Trans>
          </Button>
        )}
        <Button variant="default" size="compact-sm" onClick={onEdit} aria-label={t`Change ${profile.name}`}>
          <Trans>Change</Trans>
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t`Remove ${profile.name}`}
          onClick={() =>
            remove.mutate(profile.id, {
              onSuccess: () => toast({ text: t`Removed`, undo: () => save.mutate(profile) }),
              onError: toastError,
            })
          }
        >
          <Trans>Remove</Trans>
        </Button>
      </Group>
      {calibrating && <CalibrateDialog printer={id} stock={stock} paper={paper(stock)} onClose={() => setCalibrating(false)} />}
    </li>
  );
}

/** Which paper goes to which printer, chosen once. */
export function PapersCard() {
  const { t } = useLingui();
  return (
    <Card title={t`Printer of each paper`}>
      <div className="line fields">
        {(Object.keys(papers) as Paper[]).map((paper) => (
          <PaperChoice key={paper} paper={paper} />
        ))}
      </div>
    </Card>
  );
}

function PaperChoice({ paper }: { paper: Paper }) {
  const { known, printer, choose } = usePaperPrinter(paper);
  return (
    <Select
      label={tTerm(papers, paper)}
      value={printer?.id ?? null}
      onChange={(value) => value && choose.mutate(value, { onError: toastError })}
      data={known.map((one) => ({ value: one.id, label: one.name }))}
      disabled={known.length === 0}
      allowDeselect={false}
      miw={220}
    />
  );
}
