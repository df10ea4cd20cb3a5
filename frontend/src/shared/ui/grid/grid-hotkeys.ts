import type { MessageDescriptor } from "@lingui/core";
import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Hotkey } from "@/shared/lib/hotkeys";

// The grid takes these keys itself, in its own field; they are listed for the sheet.
const keys: readonly (readonly [string, MessageDescriptor])[] = [
  ["f2", msg`Edit the cell`],
  ["mod+c", msg`Copy`],
  ["mod+x", msg`Cut`],
  ["mod+v", msg`Paste from a spreadsheet`],
  ["mod+d", msg`Fill down`],
  ["mod+r", msg`Fill right`],
  ["mod+a", msg`Select everything`],
  ["delete", msg`Clear the cells`],
  ["mod+-", msg`Delete rows`],
  ["mod+shift+=", msg`Insert rows`],
  ["alt+ArrowDown", msg`Choose from the list`],
];

export function gridKeys(): Hotkey[] {
  return keys.map(([combo, label]) => ({ keys: combo, label: i18n._(label), group: "grid" }));
}
