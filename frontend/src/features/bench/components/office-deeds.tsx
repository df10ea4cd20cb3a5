import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { RuleMark } from "@/shared/ui/why";

import type { OrderView } from "../api";
import { benchQueries, useDeed } from "../queries";
import { offered } from "./case-head";
import { PickDevices } from "./pick-devices";

type Asking = "extend_due" | "forfeit" | "close";

/** The office's decisions beside a work order, wherever it stands. */
export function OfficePanel({ order }: { order: string }) {
  const view = useQuery(benchQueries.order(order));
  return view.data !== undefined && <OfficeDeeds order={order} view={view.data} />;
}

/** Decisions that only a person of the office takes: a later date, forfeiture, closing. */
export function OfficeDeeds({ order, view }: { order: string; view: OrderView }) {
  const [asking, setAsking] = useState<Asking>();
  const may = (kind: Asking) => offered(view, kind) !== undefined;
  if (!may("extend_due") && !may("forfeit") && !may("close")) return null;
  return (
    <Card title={<Trans>Office</Trans>}>
      <div className="line">
        {may("extend_due") && (
          <Button variant="default" onClick={() => setAsking("extend_due")}>
            <Trans>Set a later date</Trans>
          </Button>
        )}
        {may("close") && (
          <Button variant="default" onClick={() => setAsking("close")}>
            <Trans>Close the order</Trans>
          </Button>
        )}
        {may("forfeit") && (
          <Button variant="default" color="red" onClick={() => setAsking("forfeit")}>
            <Trans>Forfeit devices</Trans>
          </Button>
        )}
      </div>
      {asking && <Ask key={asking} asking={asking} order={order} view={view} onClose={() => setAsking(undefined)} />}
    </Card>
  );
}

interface AskProps {
  asking: Asking;
  order: string;
  view: OrderView;
  onClose: () => void;
}

function Ask({ asking, order, view, onClose }: AskProps) {
  const { t } = useLingui();
  const devices = useQuery({ ...benchQueries.devices(order), enabled: asking === "forfeit" });
  const deed = useDeed(order);
  const [text, setText] = useState("");
  const [date, setDate] = useState("");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const eligible = new Set<string>(offered(view, "forfeit")?.devices ?? []);
  const titles = { extend_due: t`Set a later date`, forfeit: t`Forfeit devices`, close: t`Close the order` };
  const ready =
    asking === "close" || (text.trim() !== "" && (asking === "extend_due" ? date !== "" : picked.size > 0));
  return (
    <Dialog
      title={titles[asking]}
      action={titles[asking]}
      danger={asking === "forfeit"}
      disabled={!ready}
      busy={deed.isPending}
      size={640}
      onAction={() =>
        deed.mutate(
          {
            kind: asking,
            text: text.trim(),
            ...(asking === "extend_due" ? { date } : {}),
            ...(asking === "forfeit" ? { devices: [...picked] } : {}),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <div className="stack">
        {asking === "extend_due" && (
          <TextInput type="date" label={t`New date (R41)`} value={date} onChange={(event) => setDate(event.currentTarget.value)} />
        )}
        {asking === "forfeit" && (
          <>
            <p>
              <RuleMark rule="R34" />{" "}
              <Trans>The rule only says from which day on it is possible. The decision is yours and cannot be taken back.</Trans>
            </p>
            <PickDevices rows={(devices.data ?? []).filter(({ device }) => eligible.has(device.id))} picked={picked} onPick={setPicked} />
            <Plural value={picked.size} one="# device picked" other="# devices picked" />
          </>
        )}
        {asking === "close" && (
          <p>
            <Trans>Every device has gone home or is settled. A closed order takes no more decisions.</Trans>
          </p>
        )}
        {asking !== "close" && (
          <Textarea label={t`Reason, for the customer`} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={2} />
        )}
        {deed.error && <ErrorNotice error={deed.error} />}
      </div>
    </Dialog>
  );
}
