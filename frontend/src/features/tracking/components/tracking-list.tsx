import { Trans, useLingui } from "@lingui/react/macro";
import { SegmentedControl } from "@mantine/core";
import { IconTruckDelivery } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { tError } from "@/shared/i18n/t-error";
import { sourceTerms, tTerm } from "@/shared/i18n/terms";
import { EmptyState } from "@/shared/ui/empty-state";
import { QueryView } from "@/shared/ui/query-view";
import { Notice } from "@/shared/ui/tag";

import { trackingQueries } from "../queries";
import { TrackCard } from "./track-card";

const all = "all";

/** Everything on its way: boxes to the centre, and the several shipments home. */
export function TrackingList({ order = "", mayConfirm = true }: { order?: string; mayConfirm?: boolean }) {
  const { t } = useLingui();
  const [way, setWay] = useState(all);
  const list = useQuery(trackingQueries.list(order));
  const services = useQuery(trackingQueries.services());
  const inTrouble = (services.data ?? []).filter((service) => service.trouble !== undefined && service.trouble !== "");
  return (
    <QueryView query={list}>
      {(rows) => {
        const shown = rows.filter((row) => way === all || row.direction === way);
        return (
          <>
            <SegmentedControl
              value={way}
              onChange={setWay}
              aria-label={t`Which way`}
              data={[
                { value: all, label: t`All` },
                { value: "to_centre", label: t`To the centre` },
                { value: "home", label: t`Coming home` },
              ]}
              style={{ alignSelf: "flex-start" }}
            />
            {inTrouble.map((service) => (
              <Notice key={service.name} tone="warn">
                {tTerm(sourceTerms, service.name)}: {tError(service.trouble ?? "")}
              </Notice>
            ))}
            {shown.length === 0 ? (
              <EmptyState icon={IconTruckDelivery} title={<Trans>Nothing is on its way</Trans>}>
                <Trans>A box appears here when its waybill is entered, a return when the centre ships it.</Trans>
              </EmptyState>
            ) : (
              shown.map((row) => <TrackCard key={`${row.direction}:${row.id}`} row={row} mayConfirm={mayConfirm} />)
            )}
          </>
        );
      }}
    </QueryView>
  );
}
