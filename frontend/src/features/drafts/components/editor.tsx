import "./editor.css";

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconArrowBackUp } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";

import type { Finding } from "@/shared/bridge/models";
import { tAppError } from "@/shared/i18n/t-error";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import type { GridHandle } from "@/shared/ui/grid/types";
import { ActionBar, Page } from "@/shared/ui/page";
import { Notice, Tag } from "@/shared/ui/tag";
import { Instant, Keys } from "@/shared/ui/text";
import { toast, toastError } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { drafts } from "../api";
import { fieldOf } from "../finding-fields";
import { draftQueries } from "../queries";
import { useDraft } from "../use-draft";
import { type DraftCatalog, DevicesCard } from "./devices-card";
import { HeaderForm } from "./header-form";
import { Preflight } from "./preflight";
import { SendDialog } from "./send-dialog";
import { HoldText, SentNotice } from "./sent-notice";

interface EditorProps {
  id: string;
  /** Who would get it, by name. */
  centre: string;
  catalog: DraftCatalog;
  sound: boolean;
  /** Anything the page wants beside the main action. */
  extraActions?: ReactNode;
  onLeave: () => void;
  onNext: () => void;
  /** To this draft again, when it was sent, left, and taken back. */
  onBack: () => void;
}

/** The order editor: one page, saved at every change, checked while it is written. */
export function Editor({ id, centre, catalog, sound, extraActions, onLeave, onNext, onBack }: EditorProps) {
  const { t } = useLingui();
  const draft = useQuery(draftQueries.one(id)).data!;
  const deeds = useDraft(id, draft.row_count);
  const grid = useRef<GridHandle>(null);
  const [sending, setSending] = useState<false | "stay" | "next">(false);
  // Until Send was tried the form is quiet about what was not reached yet.
  const [tried, setTried] = useState(false);
  const [wanted, setWanted] = useState<Finding>();
  const locked = draft.state !== "saved" && draft.state !== "refused";

  const goTo = (finding: Finding) => {
    if (fieldOf(finding) !== undefined) setWanted({ ...finding });
    else if (finding.row > 0) grid.current?.goTo(finding.row - 1, gridColumn(finding.column), true);
  };
  const problem = (step: 1 | -1) => () => {
    if (grid.current?.nextInRow(step)) return;
    drafts
      .nextProblem(id, grid.current?.activeRow() ?? -1, step)
      .then(({ row, column }) => {
        if (row >= 0) grid.current?.goTo(row, gridColumn(column), true);
        else toast({ text: t`No row needs a look.` });
      })
      .catch(toastError);
  };
  const trySend = (then: "stay" | "next") => {
    if (locked) return;
    setTried(draft.blocking > 0);
    setSending(then);
  };
  const sendAndNext = async () => {
    try {
      const sent = await deeds.sendNow();
      await deeds.show(sent, false);
      onNext();
      toast({
        text: <HoldText draft={sent} />,
        stay: Math.max(0, new Date(sent.hold_until).getTime() - Date.now()),
        undo: () => void drafts.cancelSend(id).then(onBack).catch(toastError),
      });
    } catch (thrown) {
      toastError(thrown);
    }
  };
  const takeBack = () => {
    if (draft.state === "holding") void deeds.cancelSend();
    else if (draft.undo !== "" && !locked) void deeds.undo();
  };
  const discard = () => {
    drafts
      .discard(id)
      .then(() => {
        onLeave();
        toast({ text: t`Draft put away`, undo: () => void drafts.restore(id).catch(toastError) });
      })
      .catch(toastError);
  };

  // The first field that is missing has the focus; with the address in place, the grid.
  // An edit that had not ended goes on where it was.
  useEffect(() => {
    if (draft.typing && !locked) {
      const { line, column, value } = draft.typing;
      grid.current?.resume(line - 1, column, value);
      toast({ text: t`Here is what you were typing in row ${line}.` });
      return;
    }
    const missing = draft.findings
      ?.filter((finding) => finding.severity === "blocking")
      .map(fieldOf)
      .find((field) => field !== undefined);
    if (missing === undefined) grid.current?.focus();
    else document.querySelector<HTMLElement>(`[data-field="${missing}"]`)?.focus();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the editor opens
  }, []);

  useHotkeys([
    { keys: "mod+Enter", label: t`Send order`, group: "page", run: () => trySend("stay") },
    { keys: "mod+z", label: t`Undo`, group: "page", run: takeBack },
    { keys: "mod+shift+z", label: t`Redo`, group: "page", run: () => draft.redo !== "" && void deeds.redo() },
    { keys: "mod+y", label: t`Redo`, group: "page", run: () => draft.redo !== "" && void deeds.redo() },
    { keys: "mod+s", label: t`Is it saved?`, group: "page", run: () => toast({ text: t`Already saved on this computer.` }) },
    { keys: "f8", label: t`Next problem`, group: "page", run: problem(1) },
    { keys: "shift+f8", label: t`Previous problem`, group: "page", run: problem(-1) },
    locked
      ? { keys: "mod+shift+n", label: t`Start the next one`, group: "page", run: onNext }
      : { keys: "mod+shift+n", label: t`Send and start the next one`, group: "page", run: () => trySend("next") },
  ]);

  return (
    <Page
      title={draft.title || t`New work order`}
      tags={
        <>
          <Tag tone="info">
            <Trans>Draft</Trans>
          </Tag>
          <Tag tone="ok" icon={null}>
            {draft.row_count === 1 ? t`1 device` : t`${draft.row_count} devices`}
          </Tag>
        </>
      }
      actions={
        !locked && (
          <Button variant="default" onClick={discard}>
            <Trans>Put away</Trans>
          </Button>
        )
      }
    >
      {draft.refusal && (
        <Notice tone="error" role="alert">
          <span className="strong">
            <Trans>The centre did not take this work order.</Trans>
          </span>{" "}
          {tAppError(draft.refusal)} {draft.refusal.rule && <RuleMark rule={draft.refusal.rule} />}
        </Notice>
      )}
      {locked && <SentNotice draft={draft} onUndo={() => void deeds.cancelSend()} />}
      <div className="editor">
        <div className="editor-main">
          <HeaderForm
            key={String(locked)}
            draft={draft}
            countries={catalog.countries}
            readOnly={locked}
            wanted={wanted}
            tried={tried}
            onSaved={(saved) => void deeds.show(saved, false)}
          />
          <DevicesCard draft={draft} deeds={deeds} grid={grid} models={catalog.models} sound={sound} readOnly={locked} />
        </div>
        <Preflight draft={draft} onGo={goTo} onRemoveDuplicates={() => void deeds.removeDuplicates()} />
      </div>
      <ActionBar>
        <span className="muted" role="status">
          <Trans>
            Saved on this computer <Instant value={draft.saved_at} brief />
          </Trans>
        </span>
        <span className="grow" />
        {draft.undo !== "" && !locked && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            rightSection={<Keys combo="mod+z" />}
            onClick={takeBack}
          >
            <Trans>Undo</Trans>
          </Button>
        )}
        {extraActions}
        {locked ? (
          <Button onClick={onNext} rightSection={<Keys combo="mod+shift+n" />}>
            <Trans>Start the next one</Trans>
          </Button>
        ) : (
          <Button onClick={() => trySend("stay")} rightSection={<Keys combo="mod+Enter" />}>
            <Trans>Send order</Trans>
          </Button>
        )}
      </ActionBar>
      {sending && (
        <SendDialog
          draft={draft}
          centre={centre}
          onGo={goTo}
          onClose={() => setSending(false)}
          next={sending === "next"}
          onSend={() => {
            setSending(false);
            void (sending === "next" ? sendAndNext() : deeds.send());
          }}
        />
      )}
    </Page>
  );
}

/** Intake and the grid call one column by two names. */
const gridColumn = (column: string | undefined): string | undefined => (column === "shipped" ? "ship_date" : column || undefined);
