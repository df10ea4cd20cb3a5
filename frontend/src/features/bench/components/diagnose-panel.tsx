import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Radio, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Notice } from "@/shared/ui/tag";
import { Code, Keys } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { WindowedList } from "@/shared/ui/windowed-list";
import { RuleMark } from "@/shared/ui/why";

import type { OrderView } from "../api";
import { benchQueries, useDeed } from "../queries";
import { CaseHead, offered } from "./case-head";

/** The remote diagnosis: solved from afar, to be returned, or a question first (R02). */
export function DiagnosePanel({ order }: { order: string }) {
  const view = useQuery(benchQueries.order(order));
  return <QueryView query={view}>{(data) => <Diagnosis order={order} view={data} />}</QueryView>;
}

function Diagnosis({ order, view }: { order: string; view: OrderView }) {
  const { t } = useLingui();
  const [result, setResult] = useState("return_recommended");
  const [note, setNote] = useState("");
  const devices = useQuery(benchQueries.devices(order));
  const deed = useDeed(order);
  const may = offered(view, "diagnose") !== undefined;
  const ready = may && !deed.isPending && (result !== "need_info" || note.trim() !== "");
  const send = () =>
    deed.mutate(
      { kind: "diagnose", diagnosis: { result, note: note.trim() } },
      { onSuccess: () => toast({ text: <Trans>The diagnosis is on its way to the customer.</Trans> }) },
    );
  useHotkeys([{ keys: "mod+Enter", label: t`Give the diagnosis`, group: "page", run: () => ready && send() }]);
  return (
    <>
      <CaseHead view={view} />
      <Card title={<Trans>What the customer says</Trans>}>
        {view.order.note !== "" && <p>{view.order.note}</p>}
        <WindowedList label={t`Devices`} items={devices.data ?? []} keyOf={({ device }) => device.id} rowHeight={36} maxHeight={252}>
          {({ device }) => (
            <span className="bench-row">
              <Code>{device.serial}</Code>
              <span className="muted nowrap">{device.model}</span>
              <span className="grow truncate" title={device.complaint}>
                {device.complaint}
              </span>
            </span>
          )}
        </WindowedList>
        {devices.error && <ErrorNotice error={devices.error} />}
      </Card>
      {!may && (
        <Notice tone="info">
          <Trans>The diagnosis has been given; there is nothing to decide now.</Trans>
        </Notice>
      )}
      {may && <Card
        title={
          <>
            <Trans>Diagnosis</Trans> <RuleMark rule="R02" />
          </>
        }
      >
        <div className="stack">
          <Radio.Group value={result} onChange={setResult} aria-label={t`Result`}>
            <div className="choices">
              <Radio value="return_recommended" label={t`The devices must come here: confirm the return`} />
              <Radio value="resolved_remote" label={t`Solved from afar: no return`} />
              <Radio value="need_info" label={t`A question for the customer first`} />
            </div>
          </Radio.Group>
          <Textarea
            label={result === "need_info" ? t`Your question` : t`Note to the customer`}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            autosize
            minRows={2}
          />
          {deed.error && <ErrorNotice error={deed.error} />}
          <Button size="lg" disabled={!ready} onClick={send} rightSection={<Keys combo="mod+Enter" />}>
            <Trans>Give the diagnosis</Trans>
          </Button>
        </div>
      </Card>}
    </>
  );
}
