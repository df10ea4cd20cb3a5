import { Trans, useLingui } from "@lingui/react/macro";
import { Button, FileButton, SegmentedControl, Textarea } from "@mantine/core";
import { IconMessages, IconPaperclip, IconSend } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { attachFile } from "@/shared/bridge/attach";
import type { FileRef } from "@/shared/bridge/models";
import { tError } from "@/shared/i18n/t-error";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorNotice } from "@/shared/ui/errors";
import { Tag } from "@/shared/ui/tag";
import { StoredFiles } from "@/shared/ui/stored-files";
import { Instant, Keys } from "@/shared/ui/text";
import { RuleMark } from "@/shared/ui/why";

import type { Message, OrderView } from "../api";
import { useOrderDeed } from "../queries";

/** The thread between customer and centre: the way to ask about anything (R28). */
export function Messages({ id, view }: { id: string; view: OrderView }) {
  return (
    <div className="stack">
      {view.messages.length === 0 ? (
        <EmptyState icon={IconMessages} title={<Trans>No messages yet</Trans>}>
          <Trans>Ask the centre anything about this order; its answer stands here.</Trans> <RuleMark rule="R28" />
        </EmptyState>
      ) : (
        <ol className="thread">
          {view.messages.map((message) => (
            <Line key={message.id} message={message} />
          ))}
        </ol>
      )}
      <Write id={id} view={view} />
    </div>
  );
}

function Line({ message }: { message: Message }) {
  return (
    <li data-actor={message.actor}>
      <div className="line small muted">
        <span className="strong">{message.author}</span>
        <Instant value={message.at} />
        {message.kind === "question" && (
          <Tag tone="warn">
            <Trans>Question</Trans>
          </Tag>
        )}
        {message.kind === "carrier_question" && (
          <Tag tone="info">
            <Trans>About the carrier</Trans>
          </Tag>
        )}
      </div>
      <div className="thread-text">
        {message.code !== undefined && message.code !== "" && <p className="strong">{tError(message.code)}</p>}
        {message.text}
      </div>
      <StoredFiles files={message.files} />
    </li>
  );
}

const kinds = ["answer", "message", "ask_carrier"] as const;

function Write({ id, view }: { id: string; view: OrderView }) {
  const { t } = useLingui();
  const offered = kinds.filter((kind) => view.offers.some((offer) => offer.kind === kind));
  const [chosen, setChosen] = useState<string>();
  const [text, setText] = useState("");
  const [files, setFiles] = useState<FileRef[]>([]);
  const deed = useOrderDeed(id);
  const attach = useMutation({
    mutationFn: (picked: File[]) => Promise.all(picked.map(attachFile)),
    onSuccess: (stored) => setFiles((before) => [...before, ...stored]),
  });
  const kind = offered.find((one) => one === chosen) ?? offered[0];
  const ready = kind !== undefined && (text.trim() !== "" || (files.length > 0 && kind !== "ask_carrier")) && !deed.isPending;
  const send = () =>
    kind !== undefined &&
    deed.mutate(
      { kind, text: text.trim(), files },
      {
        onSuccess: () => {
          setText("");
          setFiles([]);
        },
      },
    );
  useHotkeys([{ keys: "mod+Enter", label: t`Send message`, group: "page", run: () => ready && send() }]);
  if (kind === undefined) return null;
  const labels = { answer: t`Answer the question`, message: t`Message`, ask_carrier: t`Ask about the return carrier` };
  return (
    <div className="card stack">
      {offered.length > 1 && (
        <SegmentedControl
          aria-label={t`Kind of message`}
          value={kind}
          onChange={setChosen}
          data={offered.map((value) => ({ value, label: labels[value] }))}
          style={{ alignSelf: "flex-start" }}
        />
      )}
      <Textarea
        label={labels[kind]}
        description={kind === "ask_carrier" ? t`Doubts about the carrier are settled before the return leaves (R46).` : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={12}
      />
      <div className="line">
        <FileButton multiple onChange={(picked) => attach.mutate(picked)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPaperclip size={16} aria-hidden />}>
              <Trans>Attach</Trans>
            </Button>
          )}
        </FileButton>
        <span className="grow">
          <StoredFiles files={files} onRemove={(gone) => setFiles(files.filter((file) => file !== gone))} />
        </span>
        <Button disabled={!ready} onClick={send} leftSection={<IconSend size={16} aria-hidden />} rightSection={<Keys combo="mod+Enter" />}>
          <Trans>Send message</Trans>
        </Button>
      </div>
      {(deed.error ?? attach.error) && <ErrorNotice error={deed.error ?? attach.error} />}
    </div>
  );
}
