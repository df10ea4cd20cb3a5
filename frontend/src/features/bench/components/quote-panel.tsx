import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { classTerms } from "@/shared/i18n/terms";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { parseMoney, plainAmount, totals } from "@/shared/lib/money";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { TermTag } from "@/shared/ui/term-tag";
import { Keys, MoneyText } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { bench } from "../api";
import { benchQueries, useDeed } from "../queries";
import { CaseHead, offered } from "./case-head";
import { PickDevices } from "./pick-devices";

interface Line {
  /** Of the price list, or "". */
  code: string;
  text: string;
  amount: string;
  /** As the price list has it: nobody typed in it. */
  listed: boolean;
}

const empty: Line = { code: "", text: "", amount: "", listed: false };
const isWritten = (line: Line) => line.text.trim() !== "" || line.amount.trim() !== "";

/** What a person typed stays, and wins over the same line of the list. */
function filled(lines: Line[], found: Line[]): Line[] {
  const typed = lines.filter((line) => isWritten(line) && !line.listed);
  const all = [...typed, ...found.filter(({ code }) => !typed.some((line) => line.code === code))];
  return all.length > 0 ? all : [empty];
}

/** A price per device by what was found (R26, R33); the same lines may go to several devices at once. */
export function QuotePanel({ order }: { order: string }) {
  const { t } = useLingui();
  const view = useQuery(benchQueries.order(order));
  const devices = useQuery(benchQueries.devices(order));
  const deed = useDeed(order);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const currencies = useQuery(benchQueries.currencies()).data ?? [];
  const [chosen, setChosen] = useState<string>();
  const currency = chosen ?? currencies[0] ?? "CNY";
  const [lines, setLines] = useState<Line[]>([empty]);
  const [validUntil, setValidUntil] = useState("");

  const written = lines.filter(isWritten);
  const amounts = written.map((line) => parseMoney(line.amount, currency));
  const sound = written.length > 0 && amounts.every((amount) => amount !== undefined);
  const ready = sound && picked.size > 0 && !deed.isPending;
  const send = () =>
    deed.mutate(
      {
        kind: "send_quotes",
        offers: [...picked].map((device) => ({
          id: crypto.randomUUID(),
          device,
          lines: written.map((line, index) => ({
            code: line.code,
            text: line.text.trim(),
            amount: { amount: amounts[index] ?? 0, currency },
          })),
          valid_until: validUntil,
        })),
      },
      {
        onSuccess: () => {
          setPicked(new Set());
          setLines([empty]);
          toast({ text: <Trans>The quotes are on their way to the customer.</Trans> });
        },
      },
    );
  const propose = useMutation({
    mutationFn: () => bench.propose(order, [...picked], currency),
    onSuccess: (found) => {
      if (found.length === 0) toast({ text: <Trans>The price list has nothing that fits all of these devices.</Trans> });
      const listed = found.map(({ code, text, amount }) => ({ code, text, amount: plainAmount(amount), listed: true }));
      setLines((before) => filled(before, listed));
    },
  });
  useHotkeys([{ keys: "mod+Enter", label: t`Send the quotes`, group: "page", run: () => ready && send() }]);
  const set = (index: number, part: Partial<Line>) =>
    setLines(lines.map((line, at) => (at === index ? { ...line, ...part, listed: false } : line)));
  // A figure says nothing in another currency: the words stay, the amounts are asked for again.
  const changeCurrency = (next: string) => {
    if (next === currency) return;
    setChosen(next);
    setLines((before) => before.map((line) => ({ ...line, amount: "" })));
  };

  return (
    <QueryView query={view}>
      {(data) => {
        const may = new Set<string>(offered(data, "send_quotes")?.devices ?? []);
        const open = (devices.data ?? []).filter(({ device, pending }) => may.has(device.id) && pending === "");
        return (
          <>
            <CaseHead view={data} />
            <Card
              title={
                <>
                  <Trans>Devices to quote</Trans> <RuleMark rule="R26" />
                </>
              }
            >
              <PickDevices
                rows={open}
                picked={picked}
                onPick={setPicked}
                detail={(row) => (
                  <>
                    <TermTag of={classTerms} value={row.device.inspection?.class ?? ""} /> {row.device.inspection?.findings}
                  </>
                )}
              />
            </Card>
            <Card title={<Trans>Price for each of them</Trans>}>
              <div className="stack">
                {lines.map((line, index) => (
                  <div key={index} className="line fields">
                    <TextInput
                      className="grow"
                      label={t`Work or part`}
                      value={line.text}
                      onChange={(event) => set(index, { text: event.currentTarget.value })}
                    />
                    <TextInput
                      label={t`Amount, ${currency}`}
                      value={line.amount}
                      inputMode="decimal"
                      dir="ltr"
                      w={140}
                      error={line.amount !== "" && parseMoney(line.amount, currency) === undefined ? t`Not an amount` : undefined}
                      onChange={(event) => set(index, { amount: event.currentTarget.value })}
                    />
                    {lines.length > 1 && (
                      <Button
                        variant="subtle"
                        aria-label={t`Remove line ${index + 1}`}
                        onClick={() => setLines(lines.filter((_, at) => at !== index))}
                      >
                        <IconTrash size={18} aria-hidden />
                      </Button>
                    )}
                  </div>
                ))}
                <div className="line fields">
                  <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setLines([...lines, empty])}>
                    <Trans>Another line</Trans>
                  </Button>
                  <Button variant="default" disabled={picked.size === 0 || propose.isPending} onClick={() => propose.mutate()}>
                    <Trans>Fill in from the price list</Trans>
                  </Button>
                  <Select
                    label={t`Currency`}
                    value={currency}
                    onChange={(value) => value && changeCurrency(value)}
                    disabled={propose.isPending}
                    data={currencies.length > 0 ? currencies : [currency]}
                    allowDeselect={false}
                    w={110}
                  />
                  <TextInput
                    type="date"
                    label={t`Valid until`}
                    value={validUntil}
                    onChange={(event) => setValidUntil(event.currentTarget.value)}
                  />
                  <span className="grow" />
                  {sound &&
                    totals(amounts.map((amount) => ({ amount: amount ?? 0, currency }))).map((money) => (
                      <span key={money.currency} className="bench-count">
                        <MoneyText value={money} />
                      </span>
                    ))}
                </div>
                {propose.error && <ErrorNotice error={propose.error} />}
                {deed.error && <ErrorNotice error={deed.error} />}
                <Button size="lg" disabled={!ready} onClick={send} rightSection={<Keys combo="mod+Enter" />}>
                  <Trans>Send the quotes</Trans>
                </Button>
              </div>
            </Card>
          </>
        );
      }}
    </QueryView>
  );
}
