import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { AddressFields } from "@/shared/ui/address-fields";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";

import type { Preferences } from "../api";
import { settingsQueries, useSetPreferences } from "../queries";

/** Who we are and where machines come home to: every new work order starts with it. */
export function ProfileSettings() {
  const { t } = useLingui();
  const query = useQuery(settingsQueries.preferences());
  const catalog = useQuery(settingsQueries.catalog());
  return (
    <Card title={t`Profile and return address`}>
      <QueryView query={query}>
        {(now) => <Form now={now} countries={catalog.data?.countries ?? []} />}
      </QueryView>
      <p className="small muted">
        <Trans>A new work order starts with this address. Work orders already sent keep theirs.</Trans>
      </p>
    </Card>
  );
}

function Form({ now, countries }: { now: Preferences; countries: string[] }) {
  const save = useSetPreferences();
  const [value, setValue] = useState({ contact: now.profile, address: now.address });
  return (
    <AddressFields
      value={value}
      countries={countries}
      onChange={setValue}
      onSettle={() => save.mutate({ profile: value.contact, address: value.address })}
    />
  );
}
