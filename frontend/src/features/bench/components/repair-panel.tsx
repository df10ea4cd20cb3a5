import { Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { deviceTerms } from "@/shared/i18n/terms";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { TermTag } from "@/shared/ui/term-tag";
import { RuleMark } from "@/shared/ui/why";

import type { Deed, OrderView } from "../api";
import { benchQueries, useDeed } from "../queries";
import { CaseHead, offered } from "./case-head";
import { PickDevices } from "./pick-devices";

interface BenchDeed {
  key: string;
  kind: string;
  label: string;
  main?: boolean;
  deed: (devices: string[], text: string) => Deed;
}

/** Repair, test, and what cannot be repaired. Each button works on the picked devices that may have it. */
export function RepairPanel({ order }: { order: string }) {
  const { t } = useLingui();
  const view = useQuery(benchQueries.order(order));
  const devices = useQuery(benchQueries.devices(order));
  const deed = useDeed(order);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [note, setNote] = useState("");

  const deeds: BenchDeed[] = [
    { key: "start", kind: "start_repair", label: t`Start the repair`, main: true, deed: (ids) => ({ kind: "start_repair", devices: ids }) },
    { key: "finish", kind: "finish_repair", label: t`Repaired: to the test`, main: true, deed: (ids, text) => ({ kind: "finish_repair", devices: ids, text }) },
    { key: "pass", kind: "test_result", label: t`Test passed`, main: true, deed: (ids, text) => ({ kind: "test_result", devices: ids, approve: true, text }) },
    { key: "fail", kind: "test_result", label: t`Test failed: back to repair`, deed: (ids, text) => ({ kind: "test_result", devices: ids, approve: false, text }) },
    { key: "unrepaired", kind: "return_unrepaired", label: t`Return it unrepaired`, deed: (ids, text) => ({ kind: "return_unrepaired", devices: ids, text }) },
  ];
  const may = (data: OrderView, kind: string) =>
    (offered(data, kind)?.devices ?? []).filter((id) => picked.has(id));

  // What is given away leaves the form at once: an answer that comes late takes nothing
  // that was picked or typed since. A refusal brings it back.
  const act = (what: Deed) => {
    setPicked(new Set());
    setNote("");
    deed.mutate(what, {
      onError: () => {
        setPicked((now) => new Set([...picked, ...now]));
        setNote((now) => now || note);
      },
    });
  };

  return (
    <QueryView query={view}>
      {(data) => {
        const workable = new Set(deeds.flatMap(({ kind }) => offered(data, kind)?.devices ?? []));
        const rows = (devices.data ?? []).filter(({ device, pending }) => workable.has(device.id) && pending === "");
        return (
          <>
            <CaseHead view={data} />
            <Card title={<Trans>On the bench</Trans>}>
              <PickDevices
                rows={rows}
                picked={picked}
                onPick={setPicked}
                detail={(row) => (
                  <>
                    <TermTag of={deviceTerms} value={row.device.status} /> {row.device.inspection?.findings}
                  </>
                )}
              />
            </Card>
            <Card>
              <div className="stack">
                <TextInput label={t`Note: parts used, what was done`} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
                {deed.error && <ErrorNotice error={deed.error} />}
                {picked.size === 0 && (
                  <p className="muted">
                    <Trans>Pick devices above, or scan them: what may be done with them stands here.</Trans>
                  </p>
                )}
                <div className="line">
                  {deeds.map((one) => {
                    const ids = may(data, one.kind);
                    return (
                      ids.length > 0 && (
                        <Button
                          key={one.key}
                          size="lg"
                          variant={one.main ? "filled" : "default"}
                          disabled={deed.isPending}
                          onClick={() => act(one.deed(ids, note.trim()))}
                        >
                          {one.label} ({ids.length})
                        </Button>
                      )
                    );
                  })}
                </div>
                <p className="small muted">
                  <RuleMark rule="R27" /> <Trans>A device that cannot be repaired, or is not worth it, goes home as it came.</Trans>
                </p>
              </div>
            </Card>
          </>
        );
      }}
    </QueryView>
  );
}
