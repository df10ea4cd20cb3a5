import { Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { IconBarcode } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { useScanner } from "@/shared/lib/use-scanner";
import { BoxCheck } from "@/shared/ui/box-check";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { Code } from "@/shared/ui/text";
import { RuleMark } from "@/shared/ui/why";

import { bench, type ParcelFound } from "../api";
import { CountBox } from "./count-box";
import { RecordUnclaimed } from "./record-unclaimed";

/** At the door: scan a waybill or a box label, then count the box from zero. */
export function ReceivePanel() {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [code, setCode] = useState("");
  const find = useMutation({ mutationFn: (waybill: string) => bench.findParcel(waybill) });
  const look = (waybill: string) => {
    setCode(waybill);
    find.mutate(waybill);
  };
  const counting = find.data?.outcome === "expected";
  useScanner(look, !counting);
  return (
    <div className="stack">
      <form
        className="line fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== "") look(typed.trim());
          setTyped("");
        }}
      >
        <TextInput
          size="lg"
          label={t`Waybill number`}
          placeholder={t`Scan it, or type it and press Enter`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          dir="ltr"
          miw={320}
        />
        <Button size="lg" type="submit" variant="default">
          <Trans>Find the parcel</Trans>
        </Button>
      </form>
      {find.error && <ErrorNotice error={find.error} />}
      {find.data === undefined ? (
        <EmptyState icon={IconBarcode} title={<Trans>Scan a waybill</Trans>}>
          <Trans>Signing for a parcel accepts nothing about what is in it; that is found at the inspection.</Trans>{" "}
          <RuleMark rule="R04" />
        </EmptyState>
      ) : (
        <Found key={code} code={code} found={find.data} onDone={() => find.reset()} />
      )}
    </div>
  );
}

function Found({ code, found, onDone }: { code: string; found: ParcelFound; onDone: () => void }) {
  switch (found.outcome) {
    case "expected":
      return <CountBox code={code} found={found} onDone={onDone} />;
    case "already_received":
      return (
        <>
          <Notice tone="warn">
            <Trans>This parcel was received before:</Trans> <Code>{found.order.number}</Code>
          </Notice>
          <BoxCheck check={found.check} />
        </>
      );
    case "rejected":
      return (
        <Notice tone="error">
          <Trans>This parcel was refused before:</Trans> <Code>{found.order.number}</Code>
        </Notice>
      );
    default:
      return (
        <Card
          title={
            <>
              <Trans>No work order names this waybill</Trans> <Code>{code}</Code> <RuleMark rule="R15" />
            </>
          }
        >
          <RecordUnclaimed waybill={code} onDone={onDone} />
        </Card>
      );
  }
}
