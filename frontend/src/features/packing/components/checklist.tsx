import { Trans } from "@lingui/react/macro";
import { Button, Checkbox } from "@mantine/core";

import { currentLocale } from "@/shared/i18n/i18n";
import { Card } from "@/shared/ui/page";
import { RuleMark } from "@/shared/ui/why";

import { packing, type PackView } from "../api";
import { usePackDeed } from "../queries";

/** The packing guidance as a list to tick: a parcel is filed when every step is (R07). */
export function Checklist({ order, view }: { order: string; view: PackView }) {
  const tick = usePackDeed(order, (steps: string[]) => packing.tick(order, steps));
  const zh = currentLocale() === "zh-CN";
  const ticked = view.checklist.filter((step) => step.ticked).map((step) => step.id);
  const all = view.checklist.map((step) => step.id);
  return (
    <Card
      title={
        <>
          <Trans>Pack it so that it survives</Trans> <RuleMark rule="R07" />
        </>
      }
      actions={
        <span className="muted num">
          {ticked.length} / {all.length}
        </span>
      }
    >
      <ul className="checklist">
        {view.checklist.map((step) => (
          <li key={step.id}>
            <Checkbox
              checked={step.ticked}
              disabled={!view.open}
              label={zh ? step.text_zh : step.text_en}
              onChange={(event) =>
                tick.mutate(
                  event.currentTarget.checked ? [...ticked, step.id] : ticked.filter((other) => other !== step.id),
                )
              }
            />
          </li>
        ))}
      </ul>
      {view.open && ticked.length < all.length && (
        <Button size="compact-sm" variant="default" onClick={() => tick.mutate(all)}>
          <Trans>I have read and done all of it</Trans>
        </Button>
      )}
    </Card>
  );
}
