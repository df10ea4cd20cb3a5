import { useLingui } from "@lingui/react";
import { IconCheck } from "@tabler/icons-react";

import { road, roadIndex } from "../next-step";

/** Where the order stands on its road. */
export function Road({ stage }: { stage: string }) {
  const { i18n } = useLingui();
  const here = roadIndex(stage);
  return (
    <ol className="road">
      {road.map(({ key, label }, index) => (
        <li key={key} data-state={index < here ? "done" : index === here ? "here" : "ahead"} aria-current={index === here ? "step" : undefined}>
          <span className="road-dot" aria-hidden>
            {index < here ? <IconCheck size={12} stroke={2.5} /> : index + 1}
          </span>
          {i18n._(label)}
        </li>
      ))}
    </ol>
  );
}
