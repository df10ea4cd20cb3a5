import type { QueryClient } from "@tanstack/react-query";

import { type Preferences } from "@/features/settings/api";
import { settingsQueries } from "@/features/settings/queries";
import { type Session, type SystemInfo } from "@/features/start/api";
import { startQueries } from "@/features/start/queries";

export type FirstFacts = { system: SystemInfo; session: Session; preferences: Preferences };

/** What came with the page, if it did: the window's first frame waits for no call. */
export function firstFacts(page: Document = document): FirstFacts | undefined {
  const meta = page.head.querySelector<HTMLMetaElement>('meta[name="facts"]');
  return meta === null ? undefined : (JSON.parse(meta.content) as FirstFacts);
}

/** Puts them where the screens look. They may be old by now: ask `refreshFacts` to look again. */
export function seedFacts(client: QueryClient, facts: FirstFacts): void {
  client.setQueryData(startQueries.info().queryKey, facts.system);
  client.setQueryData(startQueries.session().queryKey, facts.session);
  client.setQueryData(settingsQueries.preferences().queryKey, facts.preferences);
}

export function refreshFacts(client: QueryClient): void {
  for (const { queryKey } of [startQueries.info(), startQueries.session(), settingsQueries.preferences()]) {
    void client.invalidateQueries({ queryKey, exact: true });
  }
}
