import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { Notice } from "@/shared/ui/tag";

import { dataQueries } from "../queries";

const told = 3 * 86_400_000;

/** Says for a few days that a damaged file was repaired, until the person has looked. */
export function RecoveredNotice() {
  const query = useQuery(dataQueries.state());
  const [since] = useState(() => Date.now() - told);
  const newest = query.data?.recoveries[0];
  if (newest === undefined || Date.parse(newest.at) < since) return null;
  return (
    <Notice tone="warn">
      <Trans>A damaged file was repaired at the start.</Trans>{" "}
      <Link href="/settings/data"><Trans>See what was recovered</Trans></Link>
    </Notice>
  );
}
