import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useSyncExternalStore } from "react";

import { activeHotkeys, type Hotkey, watchHotkeys } from "@/shared/lib/hotkeys";
import { Dialog } from "@/shared/ui/dialog";
import { Keys } from "@/shared/ui/text";

const groups = { page: msg`On this screen`, grid: msg`In the grid`, program: msg`Everywhere` };

/** Every shortcut that works on the screen beneath. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui();
  const hotkeys = useSyncExternalStore(watchHotkeys, activeHotkeys);
  return (
    <Dialog title={t`Keyboard shortcuts`} onClose={onClose} size={640}>
      <div className="shortcut-sheet">
        {(["page", "grid", "program"] as const).map((group) => {
          const mine = unique(hotkeys.filter((hotkey) => hotkey.group === group));
          if (mine.length === 0) return null;
          return (
            <section key={group}>
              <h3>{i18n._(groups[group])}</h3>
              <dl>
                {mine.map((hotkey) => (
                  <div key={hotkey.keys}>
                    <dt>{hotkey.label}</dt>
                    <dd>
                      <Keys combo={hotkey.keys} spoken />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

function unique(hotkeys: Hotkey[]): Hotkey[] {
  return [...new Map(hotkeys.map((hotkey) => [hotkey.keys, hotkey])).values()];
}
