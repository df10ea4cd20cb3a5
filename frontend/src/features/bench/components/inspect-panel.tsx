import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { classTerms, warrantyTerms } from "@/shared/i18n/terms";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { TermTag } from "@/shared/ui/term-tag";
import { Code } from "@/shared/ui/text";
import { WindowedList } from "@/shared/ui/windowed-list";
import { RuleMark, Why } from "@/shared/ui/why";

import { benchQueries } from "../queries";
import { CaseHead, offered } from "./case-head";
import { InspectForm } from "./inspect-form";
import { PickDevices } from "./pick-devices";

/** The inspection at the unpacking, device by device (R05). Warranty is decided by the rules from it. */
export function InspectPanel({ order }: { order: string }) {
  const { t } = useLingui();
  const view = useQuery(benchQueries.order(order));
  const devices = useQuery(benchQueries.devices(order));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  return (
    <QueryView query={view}>
      {(data) => {
        const may = new Set<string>(offered(data, "inspect")?.devices ?? []);
        const allowed = (devices.data ?? []).filter(({ device, pending }) => may.has(device.id) && pending === "");
        const open = allowed.filter(({ device }) => !device.inspection);
        const done = (devices.data ?? []).filter(({ device }) => device.inspection);
        const current = allowed.find(({ device }) => picked.has(device.id));
        return (
          <>
            <CaseHead view={data} />
            <Card
              title={
                <>
                  <Trans>To inspect</Trans> <RuleMark rule="R05" />
                </>
              }
            >
              <PickDevices rows={open} picked={picked} onPick={setPicked} single detail={(row) => row.device.complaint} />
            </Card>
            {current && (
              <InspectForm
                key={current.device.id}
                order={order}
                device={current.device}
                // The next device may have been scanned before this one was recorded: it stays open.
                onDone={() => setPicked((now) => (now.has(current.device.id) ? new Set() : now))}
              />
            )}
            {done.length > 0 && (
              <Card title={<Trans>Inspected</Trans>}>
                <WindowedList label={t`Inspected`} items={done} keyOf={({ device }) => device.id} maxHeight={264}>
                  {({ device }) => (
                    <span className="bench-row">
                      <Code>{device.serial}</Code>
                      <TermTag of={classTerms} value={device.inspection!.class} />
                      <TermTag of={warrantyTerms} value={device.inspection!.warranty} />
                      <Why why={device.inspection!.warranty_why} />
                      <span className="grow muted truncate" title={device.inspection!.findings}>
                        {device.inspection!.findings}
                      </span>
                      {may.has(device.id) && (
                        <button type="button" className="link" onClick={() => setPicked(new Set([device.id]))}>
                          <Trans>Inspect again</Trans>
                        </button>
                      )}
                    </span>
                  )}
                </WindowedList>
              </Card>
            )}
          </>
        );
      }}
    </QueryView>
  );
}
