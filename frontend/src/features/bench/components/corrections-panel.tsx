import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { correctionFieldTerms, tTerm } from "@/shared/i18n/terms";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Notice } from "@/shared/ui/tag";
import { Code } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { benchQueries, useDeed } from "../queries";
import { CaseHead, offered } from "./case-head";

/** The office applies a correction as a new revision, or says why not. Never the address (R20). */
export function CorrectionsPanel({ order }: { order: string }) {
  const { t } = useLingui();
  const view = useQuery(benchQueries.order(order));
  const deed = useDeed(order);
  const [answers, setAnswers] = useState<Record<string, string>>({});
  return (
    <QueryView query={view}>
      {(data) => {
        const may = offered(data, "decide_correction")?.corrections ?? [];
        const decide = (id: string, approve: boolean) =>
          deed.mutate(
            { kind: "decide_correction", correction_id: id, approve, text: (answers[id] ?? "").trim() },
            { onSuccess: () => toast({ text: <Trans>The answer is on its way to the customer.</Trans> }) },
          );
        return (
          <>
            <CaseHead view={data} />
            {may.length === 0 && (
              <Notice tone="info">
                <Trans>There is no correction that you may decide on. Corrections are applied by the office.</Trans>
              </Notice>
            )}
            {data.corrections
              .filter((correction) => may.includes(correction.id))
              .map((correction) => (
                <Card
                  key={correction.id}
                  title={
                    <>
                      {tTerm(correctionFieldTerms, correction.field)}: <Code>{correction.from || "–"}</Code> →{" "}
                      <Code>{correction.to}</Code> <RuleMark rule="R20" />
                    </>
                  }
                >
                  <div className="stack">
                    <p>{correction.reason}</p>
                    <Textarea
                      label={t`Answer to the customer`}
                      value={answers[correction.id] ?? ""}
                      onChange={(event) => setAnswers({ ...answers, [correction.id]: event.currentTarget.value })}
                      autosize
                    />
                    <div className="line">
                      <Button size="lg" disabled={deed.isPending} onClick={() => decide(correction.id, true)}>
                        <Trans>Apply it as a new revision</Trans>
                      </Button>
                      <Button
                        size="lg"
                        variant="default"
                        disabled={deed.isPending || (answers[correction.id] ?? "").trim() === ""}
                        onClick={() => decide(correction.id, false)}
                      >
                        <Trans>Refuse with this answer</Trans>
                      </Button>
                    </div>
                  </div>
                </Card>
              ))}
            {deed.error && <ErrorNotice error={deed.error} />}
          </>
        );
      }}
    </QueryView>
  );
}
