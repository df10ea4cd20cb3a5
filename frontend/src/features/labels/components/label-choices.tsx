import { Trans, useLingui } from "@lingui/react/macro";
import { NumberInput, SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { tError } from "@/shared/i18n/t-error";
import { tName, tTerm } from "@/shared/i18n/terms";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";

import type { Printer } from "../api";
import { type DocumentKind, documents, isCounted, isDocument, isOneLanguage, paperLanguages, stocks } from "../documents";
import { labelQueries } from "../queries";
import { StartCell } from "./start-cell";

interface LabelChoicesProps {
  order: string;
  document: DocumentKind;
  onDocument: (document: DocumentKind) => void;
  language: string;
  onLanguage: (language: string) => void;
  copies: number;
  onCopies: (copies: number) => void;
  fresh: boolean;
  onFresh: (fresh: boolean) => void;
  stock: string;
  onStock: (stock: string, next: number) => void;
  start: number;
  onStart: (cell: number) => void;
  head: boolean;
  /** Absent where the chosen printer has no head of its own: it prints the PDF. */
  onHead: ((head: boolean) => void) | undefined;
  printer: string | null;
  printers: Printer[];
  none: boolean;
  onPrinter: (printer: string) => void;
  error: Error | null;
}

/** What to print, how often, on what, from where. */
export function LabelChoices(props: LabelChoicesProps) {
  const { t } = useLingui();
  const { document, printers } = props;
  const sheets = useQuery({ ...labelQueries.sheets(), enabled: document === "sheet" });
  const papers = useQuery(labelQueries.papers(props.order));
  const whyNot = (value: string): string => papers.data?.find((one) => one.document === value)?.why ?? "";
  const sheet = sheets.data?.find((one) => one.id === props.stock);
  return (
    <Card className="labels-choices">
      <div className="stack">
        <Select
          label={t`What to print`}
          value={document}
          onChange={(value) => value && isDocument(value) && props.onDocument(value)}
          data={Object.keys(documents).map((value) => ({ value, label: tTerm(documents, value), disabled: whyNot(value) !== "" }))}
          renderOption={({ option }) => <DocumentOption name={option.label} why={whyNot(option.value)} />}
          allowDeselect={false}
        />
        {isCounted(document) && (
          <SegmentedControl
            aria-label={t`Which labels`}
            transitionDuration={120}
            fullWidth
            value={props.fresh ? "fresh" : "all"}
            onChange={(value) => props.onFresh(value === "fresh")}
            data={[
              { value: "all", label: t`All` },
              { value: "fresh", label: t`Only unprinted` },
            ]}
          />
        )}
        <Select
          label={t`Language on paper`}
          value={props.language}
          onChange={(value) => value && props.onLanguage(value)}
          data={paperLanguages}
          allowDeselect={false}
          description={
            isOneLanguage(document) ? undefined : t`Chinese stands on every label; this language stands beside it.`
          }
        />
        <NumberInput
          label={t`Copies`}
          value={props.copies}
          onChange={(value) => props.onCopies(typeof value === "number" ? value : 1)}
          min={1}
          max={20}
          clampBehavior="strict"
        />
        {document === "sheet" && (
          <>
            <Select
              label={t`Sheet`}
              value={props.stock}
              onChange={(value) => value && props.onStock(value, sheets.data?.find((one) => one.id === value)?.next ?? 1)}
              data={(sheets.data ?? []).map((one) => ({ value: one.id, label: tName(stocks, one.id) }))}
              allowDeselect={false}
            />
            {sheet && <StartCell stock={sheet} value={props.start} onChange={props.onStart} />}
          </>
        )}
        <Select
          label={t`Printer`}
          value={props.printer}
          onChange={(value) => value && props.onPrinter(value)}
          data={printers.map((one) => ({ value: one.id, label: one.name }))}
          disabled={printers.length === 0}
          allowDeselect={false}
          description={
            props.none ? t`No printer on this computer: save the PDF.` : t`Chosen once for each kind of paper.`
          }
        />
        <Link href="/printers" className="line-link">
          <Trans>Set up a label printer</Trans>
        </Link>
        {props.onHead && (
          <SegmentedControl
            aria-label={t`How the preview is drawn`}
            transitionDuration={120}
            fullWidth
            value={props.head ? "head" : "paper"}
            onChange={(value) => props.onHead?.(value === "head")}
            data={[
              { value: "paper", label: t`Paper` },
              { value: "head", label: t`Print head` },
            ]}
          />
        )}
        {props.error && <ErrorNotice error={props.error} />}
      </div>
    </Card>
  );
}

/** A document, with the reason where the work order does not have it yet. */
function DocumentOption({ name, why }: { name: string; why: string }) {
  return (
    <div>
      {name}
      {why !== "" && <div className="muted">{tError(why)}</div>}
    </div>
  );
}
