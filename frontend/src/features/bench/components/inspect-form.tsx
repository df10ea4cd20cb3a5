import { Trans, useLingui } from "@lingui/react/macro";
import { Button, MultiSelect, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { FileRef } from "@/shared/bridge/models";
import { currentLocale } from "@/shared/i18n/i18n";
import { classTerms, tTerm } from "@/shared/i18n/terms";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Code, Keys } from "@/shared/ui/text";
import { RuleMark } from "@/shared/ui/why";

import type { Device, Reason } from "../api";
import { benchQueries, useDeed } from "../queries";
import { PhotoField } from "./photo-field";

interface InspectFormProps {
  order: string;
  device: Device;
  onDone: () => void;
}

const classes = ["normal", "mixed", "scrap", "no_repair_value", "no_fault_found"];

/** What the bench found on one device. */
export function InspectForm({ order, device, onDone }: InspectFormProps) {
  const { t } = useLingui();
  const catalog = useQuery(benchQueries.catalog());
  const deed = useDeed(order);
  const [kind, setKind] = useState("normal");
  const [voids, setVoids] = useState<string[]>([]);
  const [scraps, setScraps] = useState<string[]>([]);
  const [faults, setFaults] = useState<string[]>(device.faults ?? []);
  const [findings, setFindings] = useState("");
  const [damage, setDamage] = useState<string | null>(null);
  const [shipDate, setShipDate] = useState(device.ship_date ?? "");
  const [photos, setPhotos] = useState<FileRef[]>([]);
  const zh = currentLocale() === "zh-CN";
  const options = (rows: Reason[] | undefined) =>
    (rows ?? []).map((row) => ({ value: row.code, label: `${row.code} ${zh ? row.zh : row.en}` }));
  const send = () =>
    // The list may take this form away before the answer is here: done is done all the same.
    void deed
      .mutateAsync({
        kind: "inspect",
        inspection: {
          device: device.id,
          class: kind,
          void_codes: voids,
          scrap_codes: kind === "scrap" ? scraps : [],
          faults,
          findings: findings.trim(),
          damage: damage ?? "",
          ship_date_found: shipDate,
          photos,
        },
      })
      .then(onDone, () => undefined); // deed.error is shown below
  const ready = !deed.isPending && (kind !== "scrap" || scraps.length > 0);
  useHotkeys([{ keys: "mod+Enter", label: t`Record the inspection`, group: "page", run: () => ready && send() }]);
  return (
    <Card title={<Code>{device.serial}</Code>} actions={<span className="muted">{device.complaint}</span>}>
      <div className="stack">
        <SegmentedControl
          size="md"
          aria-label={t`Class`}
          value={kind}
          onChange={setKind}
          data={classes.map((value) => ({ value, label: tTerm(classTerms, value) }))}
        />
        <div className="bench-form">
          <MultiSelect label={t`What voids the warranty (R29)`} data={options(catalog.data?.voids)} value={voids} onChange={setVoids} searchable clearable />
          {kind === "scrap" && (
            <MultiSelect label={t`Why it is scrap (R30)`} data={options(catalog.data?.scraps)} value={scraps} onChange={setScraps} searchable clearable />
          )}
          <MultiSelect label={t`Faults found`} data={options(catalog.data?.faults)} value={faults} onChange={setFaults} searchable clearable />
          <Select
            label={t`Damaged by`}
            placeholder={t`Not damaged`}
            data={[
              { value: "logistics", label: t`The carrier` },
              { value: "user", label: t`The user` },
              { value: "centre", label: t`The centre` },
            ]}
            value={damage}
            onChange={setDamage}
            clearable
          />
          <TextInput
            type="date"
            label={t`Shipped from the factory on`}
            value={shipDate}
            onChange={(event) => setShipDate(event.currentTarget.value)}
          />
        </div>
        <Textarea
          label={t`Findings`}
          value={findings}
          onChange={(event) => setFindings(event.currentTarget.value)}
          autosize
          minRows={2}
        />
        <PhotoField photos={photos} onPhotos={setPhotos} />
        <p className="small muted">
          <RuleMark rule="R23" /> <RuleMark rule="R25" />{" "}
          <Trans>Warranty follows from the factory date, the receipt and the codes above; it is not typed.</Trans>
        </p>
        {deed.error && <ErrorNotice error={deed.error} />}
        <Button size="lg" disabled={!ready} onClick={send} rightSection={<Keys combo="mod+Enter" />}>
          <Trans>Record the inspection</Trans>
        </Button>
      </div>
    </Card>
  );
}
