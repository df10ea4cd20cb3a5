import "./labels.css";

import { useLingui } from "@lingui/react/macro";
import { NumberInput, SegmentedControl, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { UnitInput } from "@/shared/ui/unit-input";

import { labels, type PrinterProfile } from "../api";
import { labelQueries, usePrinterDeed } from "../queries";

export const freshProfile: PrinterProfile = {
  id: "", name: "", target: "tcp", address: "", queue: "", language: "zpl", dpi: 203, darkness: 0, speed: 0,
  rotation: 0, off_x: 0, off_y: 0, hex: false, media: "", gap: 0,
}; // prettier-ignore

const whole = (value: string | number): number => (typeof value === "number" ? Math.round(value) : 0);

/** A printer as it is set up on this computer. */
export function PrinterDialog({ profile, onClose }: { profile: PrinterProfile; onClose: () => void }) {
  const { t } = useLingui();
  const [now, setNow] = useState(profile);
  const printers = useQuery(labelQueries.printers());
  const save = usePrinterDeed(labels.savePrinter);
  const set = (change: Partial<PrinterProfile>) => setNow((before) => ({ ...before, ...change }));
  const queues = (printers.data ?? []).filter((one) => !one.set_up).map((one) => one.name);
  const pdf = now.language === "pdf" || (printers.data ?? []).some((one) => !one.set_up && one.language === "pdf");
  const raw = now.language !== "pdf";
  return (
    <Dialog
      title={profile.id === "" ? t`Set up a printer` : t`Change a printer`}
      action={t`Save the printer`}
      size={620}
      disabled={now.name.trim() === "" || (now.target === "tcp" ? now.address.trim() === "" : now.queue === "")}
      busy={save.isPending}
      onClose={onClose}
      onAction={() => save.mutate(now, { onSuccess: onClose })}
    >
      <Stack gap="sm">
        <TextInput label={t`Name`} value={now.name} onChange={(event) => set({ name: event.currentTarget.value })} data-autofocus required />
        <SegmentedControl
          aria-label={t`How it is reached`}
          transitionDuration={120}
          value={now.target}
          onChange={(target) => set({ target, language: target === "tcp" && now.language === "pdf" ? "zpl" : now.language })}
          data={[
            { value: "tcp", label: t`Network, port 9100` },
            { value: "queue", label: t`Queue of this computer` },
          ]}
        />
        {now.target === "tcp" ? (
          <TextInput
            label={t`Address`}
            description={t`Its host or IP address; another port behind a colon.`}
            placeholder="192.168.1.50"
            value={now.address}
            onChange={(event) => set({ address: event.currentTarget.value })}
            dir="ltr"
            required
          />
        ) : (
          <Select
            label={t`Queue`}
            value={now.queue === "" ? null : now.queue}
            onChange={(queue) => set({ queue: queue ?? "" })}
            data={now.queue !== "" && !queues.includes(now.queue) ? [...queues, now.queue] : queues}
            disabled={queues.length === 0 && now.queue === ""}
            description={queues.length === 0 ? t`This computer has no print queue.` : undefined}
          />
        )}
        <div className="field-grid" data-cols={3}>
          <Select
            label={t`Language`}
            value={now.language}
            onChange={(language) => language && set({ language })}
            data={[
              { value: "zpl", label: "ZPL II" },
              { value: "tspl", label: "TSPL" },
              ...(now.target === "queue" && pdf ? [{ value: "pdf", label: "PDF" }] : []),
            ]}
            allowDeselect={false}
          />
          <Select
            label={t`Resolution`}
            value={String(now.dpi)}
            onChange={(dpi) => dpi && set({ dpi: Number(dpi) })}
            data={["203", "300", "600"].map((value) => ({ value, label: `${value} dpi` }))}
            disabled={!raw}
            allowDeselect={false}
          />
          <Select
            label={t`Turned`}
            value={String(now.rotation)}
            onChange={(rotation) => rotation && set({ rotation: Number(rotation) })}
            data={["0", "90", "180", "270"].map((value) => ({ value, label: `${value}°` }))}
            disabled={!raw}
            allowDeselect={false}
          />
          <NumberInput label={t`Darkness`} description={t`0 leaves it`} value={now.darkness} onChange={(v) => set({ darkness: whole(v) })} min={0} max={30} disabled={!raw} />
          <NumberInput label={t`Speed`} description={t`inches a second, 0 leaves it`} value={now.speed} onChange={(v) => set({ speed: whole(v) })} min={0} max={18} disabled={!raw} />
          <Select
            label={t`Labels end with`}
            description={t`how the printer finds the next`}
            value={now.media === "" ? "set" : now.media}
            onChange={(media) => media && set({ media: media === "set" ? "" : media })}
            data={[
              { value: "set", label: t`As it is set` },
              { value: "gap", label: t`A gap` },
              { value: "mark", label: t`A black mark` },
              { value: "continuous", label: t`No end` },
            ]}
            disabled={!raw}
            allowDeselect={false}
          />
          <UnitInput label={t`Shift right, mm`} per={100} value={now.off_x} onChange={(v) => set({ off_x: v ?? 0 })} min={-20} max={20} step={0.25} decimalScale={2} disabled={!raw} />
          <UnitInput label={t`Shift down, mm`} per={100} value={now.off_y} onChange={(v) => set({ off_y: v ?? 0 })} min={-20} max={20} step={0.25} decimalScale={2} disabled={!raw} />
          <UnitInput label={t`Gap, mm`} per={100} value={now.gap} onChange={(v) => set({ gap: v ?? 0 })} min={0} max={20} step={0.5} decimalScale={2} disabled={!raw} />
        </div>
        {now.language === "zpl" && (
          <Switch
            label={t`Send plain hexadecimal, for a printer that refuses compressed pictures`}
            checked={now.hex}
            onChange={(event) => set({ hex: event.currentTarget.checked })}
          />
        )}
        {save.error && <ErrorNotice error={save.error} />}
      </Stack>
    </Dialog>
  );
}
