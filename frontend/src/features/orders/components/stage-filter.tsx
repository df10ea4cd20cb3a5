import { useLingui } from "@lingui/react/macro";

import { stageTerms, tTerm } from "@/shared/i18n/terms";

import type { OrderFilter } from "../queries";

interface StageFilterProps {
  filter: OrderFilter;
  counts: Record<string, number>;
  onChange: (change: { mine?: string; stages?: string[] }) => void;
}

// The handful a person looks for by name; the rest is reached by the words.
const offered = [
  ["need_info"],
  ["return_confirmed"],
  ["awaiting_parcel"],
  ["awaiting_decision"],
  ["awaiting_payment"],
  ["repairing"],
  ["partially_shipped", "shipped"],
];

/** Which part of the list is shown, with how many there are of each. */
export function StageFilter({ filter, counts, onChange }: StageFilterProps) {
  const { t } = useLingui();
  const stages = filter.stages.join(",");
  const chip = (key: string, label: string, on: boolean, count: number | undefined, change: Parameters<typeof onChange>[0]) => (
    <button key={key} type="button" className="chip" aria-pressed={on} onClick={() => onChange(change)}>
      {label}
      {count ? <span className="count">{count}</span> : null}
    </button>
  );
  const all = stages === "" && filter.mine === "";
  return (
    <div className="chips" role="group" aria-label={t`Show`}>
      {chip("all", t`All`, all, undefined, { mine: "", stages: [] })}
      {chip("drafts", t`Drafts`, filter.mine === "drafts", counts.draft, { mine: "drafts", stages: [] })}
      {chip("open", t`In progress`, filter.mine === "open", undefined, { mine: "open", stages: [] })}
      {offered.map((group) => {
        const count = group.reduce((sum, stage) => sum + (counts[stage] ?? 0), 0);
        const on = stages === group.join(",");
        if (count === 0 && !on) return null;
        return chip(group[0]!, tTerm(stageTerms, group.at(-1)!), on, count, { mine: "", stages: group });
      })}
      {chip("closed", t`Closed`, filter.mine === "closed", counts.closed, { mine: "closed", stages: [] })}
    </div>
  );
}
