import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { currentLocale } from "@/shared/i18n/i18n";
import { deviceTerms } from "@/shared/i18n/terms";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Notice } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { benchQueries, useDeed } from "../queries";
import { CaseHead, offered } from "./case-head";
import { PickDevices } from "./pick-devices";
import { TrackPanel } from "./track-panel";
import { OfficeDeeds } from "./office-deeds";

/** One return shipment: devices that may go home, a carrier of the return list, a waybill. */
export function ShipPanel({ order }: { order: string }) {
  const { t } = useLingui();
  const view = useQuery(benchQueries.order(order));
  const devices = useQuery(benchQueries.devices(order));
  const catalog = useQuery(benchQueries.catalog());
  const deed = useDeed(order);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [carrier, setCarrier] = useState<string | null>("sf");
  const [waybill, setWaybill] = useState("");
  const zh = currentLocale() === "zh-CN";
  return (
    <QueryView query={view}>
      {(data) => {
        const may = new Set<string>(offered(data, "ship")?.devices ?? []);
        const rows = (devices.data ?? []).filter(({ device, pending }) => may.has(device.id) && pending === "");
        const held = (devices.data ?? []).filter(({ device }) => !may.has(device.id) && device.shipment === undefined && device.status !== "forfeited");
        const ready = picked.size > 0 && carrier !== null && waybill.trim() !== "" && !deed.isPending;
        const ship = () =>
          deed.mutate(
            {
              kind: "ship",
              ship: { id: crypto.randomUUID(), carrier: carrier ?? "", waybill_number: waybill.trim(), devices: [...picked] },
            },
            {
              onSuccess: () => {
                setPicked(new Set());
                setWaybill("");
                toast({ text: <Trans>The shipment is recorded; the customer can track it.</Trans> });
              },
            },
          );
        return (
          <>
            <CaseHead view={data} />
            <Card
              title={
                <>
                  <Trans>Ready to go home</Trans> <RuleMark rule="R43" />
                </>
              }
            >
              <PickDevices rows={rows} picked={picked} onPick={setPicked} detail={(row) => <TermTag of={deviceTerms} value={row.device.status} />} />
              {held.length > 0 && (
                <Notice tone="warn">
                  <Plural value={held.length} one="# device is not ready or not paid, and stays." other="# devices are not ready or not paid, and stay." />{" "}
                  <RuleMark rule="R35" />
                </Notice>
              )}
            </Card>
            {rows.length > 0 && (
              <Card title={<Trans>Return shipment</Trans>}>
                <div className="stack">
                  <div className="line fields">
                    <Select
                      size="lg"
                      label={t`Carrier (R45)`}
                      allowDeselect={false}
                      value={carrier}
                      onChange={setCarrier}
                      data={(catalog.data?.carriers ?? [])
                        .filter((row) => row.return_allowed)
                        .map((row) => ({ value: row.code, label: zh ? row.zh : row.en }))}
                    />
                    <TextInput
                      size="lg"
                      className="grow"
                      label={t`Waybill number`}
                      value={waybill}
                      onChange={(event) => setWaybill(event.currentTarget.value)}
                      dir="ltr"
                    />
                  </div>
                  {deed.error && <ErrorNotice error={deed.error} />}
                  <Button size="lg" disabled={!ready} onClick={ship}>
                    {picked.size === 0 ? (
                      <Trans>Pick the devices of this shipment</Trans>
                    ) : (
                      <Plural value={picked.size} one="Send # device home" other="Send # devices home" />
                    )}
                  </Button>
                </div>
              </Card>
            )}
            <TrackPanel order={order} view={data} />
            <OfficeDeeds order={order} view={data} />
          </>
        );
      }}
    </QueryView>
  );
}
