import "./labels.css";

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, NumberInput, Select } from "@mantine/core";
import { IconDeviceFloppy, IconExternalLink, IconPackage, IconPrinter } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "wouter";

import { asAppError } from "@/shared/bridge/errors";
import { currentLocale } from "@/shared/i18n/i18n";
import { tError } from "@/shared/i18n/t-error";
import { tTerm } from "@/shared/i18n/terms";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorNotice } from "@/shared/ui/errors";
import { ActionBar, Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { Keys } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { type LabelPreview, type LabelRequest, labels, type SavedFile } from "../api";
import { type DocumentKind, documents, isDocument } from "../documents";
import { labelQueries } from "../queries";
import { StartCell } from "./start-cell";

interface LabelDeskProps {
  order: string;
  /** The printer used last, chosen once. */
  printer: string;
  onPrinter: (printer: string) => void;
}

const isNothing = (error: Error | null): boolean =>
  error !== null && asAppError(error).code === "labels.nothing_to_print";

/** Labels, packing list and guidance: the preview is drawn by what prints. */
export function LabelDesk({ order, printer: remembered, onPrinter }: LabelDeskProps) {
  const { t } = useLingui();
  const [params, setParams] = useSearchParams();
  const asked = params.get("document") ?? "";
  const [copies, setCopies] = useState(1);
  const [start, setStart] = useState(1);
  const [language, setLanguage] = useState<string>(currentLocale());
  const papers = (document: DocumentKind): LabelRequest => ({ order, document, boxes: [], devices: [], start, copies, language });
  // Before anything is packed there are no boxes to label, but there are devices.
  const boxes = useQuery({ ...labelQueries.preview(papers("box")), enabled: !isDocument(asked) });
  const document: DocumentKind = isDocument(asked) ? asked : isNothing(boxes.error) ? "device" : "box";
  const request = papers(document);
  const preview = useQuery(labelQueries.preview(request));
  const printers = useQuery(labelQueries.printers());
  const known = printers.data ?? [];
  const queue = (known.find((one) => one.id === remembered) ?? known.find((one) => one.default) ?? known[0])?.id ?? null;
  const nothing = isNothing(preview.error);

  const save = useMutation({ mutationFn: () => labels.save(request), onSuccess: saved });
  const open = useMutation({ mutationFn: () => labels.open(request), onSuccess: saved });
  const print = useMutation({
    mutationFn: () => labels.print(request, queue ?? ""),
    onSuccess: () => toast({ text: <Trans>Sent to the printer.</Trans> }),
  });
  const busy = save.isPending || open.isPending || print.isPending;
  const failure = save.error ?? open.error ?? print.error;
  const blocked = nothing || preview.data === undefined || preview.data.findings.some((one) => one.severity === "blocking");

  const unsent = preview.data?.draft_why === "label.draft_no_number"; // the id is a draft's

  useHotkeys([
    { keys: "mod+p", label: t`Print`, group: "page", run: () => (queue && !blocked ? print.mutate() : save.mutate()) },
    { keys: "mod+Enter", label: t`Print`, group: "page", run: () => queue && !blocked && print.mutate() },
  ]);

  return (
    <>
      <div className="line">
        <Link href={unsent ? `/drafts/${order}` : `/orders/${order}`} className="line-link">
          <Trans>Back to the work order</Trans>
        </Link>
      </div>
      <div className="labels">
        <Card className="labels-choices">
          <div className="stack">
            <Select
              label={t`What to print`}
              value={document}
              onChange={(value) => value && setParams({ document: value }, { replace: true })}
              data={Object.keys(documents).map((value) => ({ value, label: tTerm(documents, value) }))}
              allowDeselect={false}
            />
            {document === "guidance" && (
              <Select
                label={t`Language on paper`}
                value={language}
                onChange={(value) => value && setLanguage(value)}
                data={[
                  { value: "en", label: "English" },
                  { value: "zh-CN", label: "简体中文" },
                ]}
                allowDeselect={false}
              />
            )}
            <NumberInput
              label={t`Copies`}
              value={copies}
              onChange={(value) => setCopies(typeof value === "number" ? value : 1)}
              min={1}
              max={99}
              clampBehavior="strict"
            />
            {document === "sheet" && <StartCell value={start} onChange={setStart} />}
            <Select
              label={t`Printer`}
              value={queue}
              onChange={(value) => value && onPrinter(value)}
              data={known.map((one) => ({ value: one.id, label: one.name }))}
              disabled={known.length === 0}
              allowDeselect={false}
              description={printers.data?.length === 0 ? t`No printer on this computer: save the PDF.` : undefined}
            />
            {printers.error && <ErrorNotice error={printers.error} />}
          </div>
        </Card>
        <div className="labels-preview">
          {preview.data?.draft && (
            <Notice tone="warn" role="status">
              <p className="strong">
                <Trans>These pages say DRAFT: no parcel may leave with them.</Trans>
              </p>
              {preview.data.draft_why !== "" && tError(preview.data.draft_why)} <RuleMark rule="R03" />{" "}
              <RuleMark rule="R15" />
            </Notice>
          )}
          {nothing ? (
            <EmptyState
              icon={IconPackage}
              title={<Trans>Nothing is packed yet</Trans>}
              action={
                <Button component={Link} href={`/orders/${order}/pack`}>
                  <Trans>Pack by scan</Trans>
                </Button>
              }
            >
              <Trans>A box gets its label and its place in the packing list as soon as a device is scanned into it.</Trans>
            </EmptyState>
          ) : (
            preview.error && <ErrorNotice error={preview.error} />
          )}
          {preview.data?.findings.map((finding, index) => (
            <Notice key={index} tone={finding.severity === "blocking" ? "error" : "warn"}>
              {tError(finding.code, finding.args)}
            </Notice>
          ))}
          {failure && <ErrorNotice error={failure} />}
          {!nothing && preview.data && <Pages preview={preview.data} />}
        </div>
      </div>
      <ActionBar>
        <span className="muted">
          {preview.data && <Plural value={preview.data.pages} one="# page" other="# pages" />}
        </span>
        <span className="grow" />
        <Button
          variant="default"
          disabled={blocked || busy}
          onClick={() => open.mutate()}
          leftSection={<IconExternalLink size={16} aria-hidden />}
        >
          <Trans>Open as PDF</Trans>
        </Button>
        <Button
          variant="default"
          disabled={blocked || busy}
          onClick={() => save.mutate()}
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
        >
          <Trans>Save PDF</Trans>
        </Button>
        <Button
          disabled={blocked || busy || queue === null}
          onClick={() => print.mutate()}
          leftSection={<IconPrinter size={16} aria-hidden />}
          rightSection={<Keys combo="mod+p" />}
        >
          <Trans>Print</Trans>
        </Button>
      </ActionBar>
    </>
  );
}

/** In the window a path was chosen and written; a browser downloads instead. */
function saved(file: SavedFile) {
  if (file.url !== "") {
    const link = document.createElement("a");
    link.href = file.url;
    link.download = "";
    link.click();
  } else if (file.path !== "") {
    toast({ text: <Trans>Saved as {file.path}</Trans> });
  }
}

const batch = 12;

/** The pages as they will be on paper, white in any theme; more are drawn on request. */
function Pages({ preview }: { preview: LabelPreview }) {
  const { t } = useLingui();
  const [shown, setShown] = useState(batch);
  const count = Math.min(shown, preview.pages);
  return (
    <>
      <ol className="pages" aria-label={t`Preview`}>
        {Array.from({ length: count }, (_, index) => index + 1).map((page) => (
          <li key={page}>
            <img src={preview.page_url.replace("{n}", String(page))} alt={t`Page ${page}`} loading="lazy" />
            <span className="small muted">
              {page} / {preview.pages}
            </span>
          </li>
        ))}
      </ol>
      {count < preview.pages && (
        <Button variant="default" onClick={() => setShown(shown + batch)}>
          <Trans>Show more pages</Trans>
        </Button>
      )}
    </>
  );
}
