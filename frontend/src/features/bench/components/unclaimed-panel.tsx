import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPackageOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "@/shared/ui/dialog";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Tag } from "@/shared/ui/tag";
import { Code, Day, Instant } from "@/shared/ui/text";
import { RuleMark } from "@/shared/ui/why";

import type { UnclaimedParcel } from "../api";
import { benchQueries, useDeed } from "../queries";

/** Parcels that came without a work order, and from which day a person may decide to keep them. */
export function UnclaimedPanel({ office }: { office: boolean }) {
  const { t } = useLingui();
  const list = useQuery(benchQueries.unclaimed());
  const words: Record<string, string> = { held: t`Held`, returned: t`Returned`, forfeited: t`Forfeited`, linked: t`Linked` };
  return (
    <QueryView query={list}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState icon={IconPackageOff} title={<Trans>No unclaimed parcels</Trans>}>
            <Trans>A parcel that comes without a work order is kept here.</Trans> <RuleMark rule="R15" />
          </EmptyState>
        ) : (
          <Card>
            <ul className="lines">
              {rows.map((row) => (
                <li key={row.id} className="line">
                  <div className="grow bench-main">
                    <div>
                      <span className="strong">
                        <Code>{row.waybill_number}</Code>
                      </span>{" "}
                      {row.sender} <Tag tone={row.status === "held" ? "warn" : "quiet"}>{words[row.status] ?? row.status}</Tag>
                    </div>
                    <div className="muted">{row.note}</div>
                    <div className="small muted">
                      <Trans>Arrived</Trans> <Instant value={row.arrived_at} brief />
                      {row.status === "held" && (
                        <>
                          {" "}
                          · <Trans>may be kept from</Trans> <Day value={row.eligible_from} /> <RuleMark rule="R34" />
                        </>
                      )}
                    </div>
                  </div>
                  {office && row.status === "held" && <Decide parcel={row} />}
                </li>
              ))}
            </ul>
          </Card>
        )
      }
    </QueryView>
  );
}

/** Today where the guide counts its days. */
const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());

function Decide({ parcel }: { parcel: UnclaimedParcel }) {
  const { t } = useLingui();
  const [deciding, setDeciding] = useState<"returned" | "forfeited">();
  const deed = useDeed("");
  return (
    <>
      <Button variant="default" onClick={() => setDeciding("returned")}>
        <Trans>Send it back</Trans>
      </Button>
      {parcel.eligible_from !== "" && parcel.eligible_from <= today() && (
        <Button variant="default" onClick={() => setDeciding("forfeited")}>
          <Trans>Forfeit</Trans>
        </Button>
      )}
      {deciding && (
        <Dialog
          title={deciding === "returned" ? t`Send the parcel back` : t`Forfeit the parcel`}
          action={deciding === "returned" ? t`It was sent back` : t`Forfeit it`}
          danger={deciding === "forfeited"}
          busy={deed.isPending}
          onAction={() =>
            deed.mutate(
              { kind: "decide_unclaimed", unclaimed: { ...parcel, status: deciding } },
              { onSuccess: () => setDeciding(undefined) },
            )
          }
          onClose={() => setDeciding(undefined)}
        >
          <p>
            <Code>{parcel.waybill_number}</Code> {parcel.sender}
          </p>
          {deed.error && <ErrorNotice error={deed.error} />}
        </Dialog>
      )}
    </>
  );
}
