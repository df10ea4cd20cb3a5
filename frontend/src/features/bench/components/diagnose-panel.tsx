import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Radio, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Code, Keys } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
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
  const may = offered(view, "diagnose") !== undefined && !deed.isPending;
  const send = () =>
    deed.mutate(
      { kind: "diagnose", diagnosis: { result, note: note.trim() } },
      { onSuccess: () => toast({ text: <Trans>The diagnosis is on its way to the customer.</Trans> }) },
    );
  useHotkeys([{ keys: "mod+Enter", label: t`Give the diagnosis`, group: "page", run: () => may && send() }]);
  return (
    <>
      <CaseHead view={view} />
      <Card title={<Trans>What the customer says</Trans>}>
        {view.order.note !== "" && <p>{view.order.note}</p>}
        <ul className="lines bench-scroll" tabIndex={0} aria-label={t`Devices`}>
          {(devices.data ?? []).map(({ device }) => (
            <li key={device.id} className="line">
              <Code>{device.serial}</Code>
              <span className="muted">{device.model}</span>
              <span className="grow">{device.complaint}</span>
            </li>
          ))}
        </ul>
      </Card>
      <Card
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
          <Button size="lg" disabled={!may} onClick={send} rightSection={<Keys combo="mod+Enter" />}>
            <Trans>Give the diagnosis</Trans>
          </Button>
        </div>
      </Card>
    </>
  );
}
