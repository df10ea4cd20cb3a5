import "./labels.css";

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconBarcode, IconDeviceFloppy, IconExternalLink, IconPackage, IconPrinter } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link, useSearchParams } from "wouter";

import { asAppError } from "@/shared/bridge/errors";
import { currentLocale } from "@/shared/i18n/i18n";
import { tError } from "@/shared/i18n/t-error";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorNotice } from "@/shared/ui/errors";
import { ActionBar } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { Keys } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { type LabelRequest, labels, type SavedFile } from "../api";
import { type DocumentKind, isCounted, isDocument, paperOf } from "../documents";
import { labelQueries } from "../queries";
import { usePaperPrinter } from "../use-paper-printer";
import { AgainDialog } from "./again-dialog";
import { LabelChoices } from "./label-choices";
import { Pages } from "./pages-view";
import { ScanBack } from "./scan-back";

const isWhy = (error: Error | null): boolean => error !== null && asAppError(error).code === "print.why_required";

const isNothing = (error: Error | null): boolean =>
  error !== null && asAppError(error).code === "labels.nothing_to_print";

const isAllPrinted = (error: Error | null): boolean =>
  error !== null && asAppError(error).code === "print.all_printed";

/** Labels, packing list and guidance: the preview is drawn by what prints. */
export function LabelDesk({ order }: { order: string }) {
  const { t } = useLingui();
  const [params, setParams] = useSearchParams();
  const asked = params.get("document") ?? "";
  const [copies, setCopies] = useState(1);
  const [start, setStart] = useState(1);
  const [stock, setStock] = useState("a4_small_18");
  const [fresh, setFresh] = useState(false);
  const [language, setLanguage] = useState<string>(currentLocale());
  const [head, setHead] = useState(false);
  const [asking, setAsking] = useState(false);
  const [checking, setChecking] = useState(false);
  const papers = (document: DocumentKind): LabelRequest => ({ order, document, boxes: [], devices: [], start, stock, copies, language, fresh, why: "" });
  // Before anything is packed there are no boxes to label, but there are devices.
  const boxes = useQuery({ ...labelQueries.preview(papers("box")), enabled: !isDocument(asked) });
  const document: DocumentKind = isDocument(asked) ? asked : isNothing(boxes.error) ? "device" : "box";
  const request = papers(document);
  const preview = useQuery(labelQueries.preview(request));
  const { printers, known, printer, choose } = usePaperPrinter(paperOf(document));
  const all = isAllPrinted(preview.error);
  const nothing = all || isNothing(preview.error);

  const save = useMutation({ mutationFn: () => labels.save(request), onSuccess: saved });
  const open = useMutation({ mutationFn: () => labels.open(request), onSuccess: saved });
  const giving = useRef(false); // known at once: a double click is quicker than a drawing
  const print = useMutation({
    mutationFn: (why: string) => labels.print({ ...request, why }, printer?.id ?? ""),
    onSuccess: (job) => toast({ text: <Trans>Given to {job.printer}. Its state is under Printers.</Trans> }),
    // They came out of the printer after this preview was drawn.
    onError: (error) => isWhy(error) && setAsking(true),
    onSettled: () => {
      giving.current = false;
    },
  });
  const busy = save.isPending || open.isPending || print.isPending;
  const failure = save.error ?? open.error ?? (isWhy(print.error) ? null : print.error);
  const blocked = nothing || preview.data === undefined || preview.data.findings.some((one) => one.severity === "blocking");
  const give = (why: string) => {
    if (giving.current) return;
    giving.current = true;
    print.mutate(why);
  };
  const startPrint = () => ((preview.data?.again ?? 0) > 0 ? setAsking(true) : give(""));
  const hotPrint = (otherwise?: () => void) => {
    if (busy || giving.current) return;
    if (printer && !blocked) startPrint();
    else otherwise?.();
  };

  const unsent = preview.data?.draft_why === "label.draft_no_number"; // the id is a draft's

  useHotkeys([
    { keys: "mod+p", label: t`Print`, group: "page", run: () => hotPrint(save.mutate) },
    { keys: "mod+Enter", label: t`Print`, group: "page", run: () => hotPrint() },
  ]);

  if (checking) return <ScanBack request={request} onClose={() => setChecking(false)} />;
  return (
    <>
      <div className="line">
        <Link href={unsent ? `/drafts/${order}` : `/orders/${order}`} className="line-link">
          <Trans>Back to the work order</Trans>
        </Link>
        <Link href="/printers" className="line-link">
          <Trans>Printers and print jobs</Trans>
        </Link>
      </div>
      <div className="labels">
        <LabelChoices
          order={order}
          document={document}
          onDocument={(value) => setParams({ document: value }, { replace: true })}
          language={language}
          onLanguage={setLanguage}
          copies={copies}
          onCopies={setCopies}
          fresh={fresh}
          onFresh={setFresh}
          stock={stock}
          onStock={(value, next) => {
            setStock(value);
            setStart(next);
          }}
          start={start}
          onStart={setStart}
          head={head}
          onHead={printer && printer.language !== "pdf" ? setHead : undefined}
          printer={printer?.id ?? null}
          printers={known}
          none={printers.data?.length === 0}
          onPrinter={(id) => choose.mutate(id)}
          error={printers.error ?? choose.error}
        />
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
          {nothing ? <Nothing order={order} all={all} /> : preview.error && <ErrorNotice error={preview.error} />}
          {preview.data?.findings.map((finding, index) => (
            <Notice key={index} tone={finding.severity === "blocking" ? "error" : "warn"}>
              {tError(finding.code, finding.args)}
            </Notice>
          ))}
          {failure && <ErrorNotice error={failure} />}
          {!nothing && preview.data && (
            <Pages preview={preview.data} head={head && printer && printer.language !== "pdf" ? printer.id : ""} />
          )}
        </div>
      </div>
      <ActionBar>
        <span className="muted">
          {preview.data && <Plural value={preview.data.pages} one="# page" other="# pages" />}
        </span>
        <span className="grow" />
        {isCounted(document) && (
          <Button
            variant="default"
            disabled={preview.data === undefined || preview.data.draft}
            onClick={() => setChecking(true)}
            leftSection={<IconBarcode size={16} aria-hidden />}
          >
            <Trans>Scan back</Trans>
          </Button>
        )}
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
          disabled={blocked || busy || printer === undefined}
          onClick={startPrint}
          leftSection={<IconPrinter size={16} aria-hidden />}
          rightSection={<Keys combo="mod+p" />}
        >
          <Trans>Print</Trans>
        </Button>
      </ActionBar>
      {asking && (
        <AgainDialog
          count={Math.max(preview.data?.again ?? 0, 1)}
          onClose={() => setAsking(false)}
          onPrint={(why) => {
            setAsking(false);
            give(why);
          }}
        />
      )}
    </>
  );
}

function Nothing({ order, all }: { order: string; all: boolean }) {
  if (all) {
    return (
      <EmptyState icon={IconPrinter} title={<Trans>All of them were printed</Trans>}>
        <Trans>Choose all labels to print some of them again.</Trans>
      </EmptyState>
    );
  }
  return (
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
