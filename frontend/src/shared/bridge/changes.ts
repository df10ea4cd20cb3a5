import type { QueryClient } from "@tanstack/react-query";
import * as v from "valibot";

import { onEvent } from "./runtime";

/** Every event of Go: its number, its name, and what it says. */
const eventSchema = v.object({ seq: v.number(), data: v.unknown() });
const changedSchema = v.object({ topics: v.array(v.string()) });

/**
 * Keeps every query fresh: the first part of a query key is a topic, and Go
 * names the topics whose facts changed. A gap in seq means that a change may
 * have been missed, so everything is asked again.
 */
export function followChanges(client: QueryClient): () => void {
  let last: number | undefined;
  const stopMissed = onEvent("events_missed", () => {
    last = undefined;
    void client.invalidateQueries();
  });
  const stopChanged = onEvent("changed", (raw) => {
    const event = v.safeParse(eventSchema, raw);
    if (!event.success) return;
    const missed = last !== undefined && event.output.seq !== last + 1;
    last = event.output.seq;
    const changed = v.safeParse(changedSchema, event.output.data);
    if (missed || !changed.success) {
      void client.invalidateQueries();
      return;
    }
    for (const topic of changed.output.topics) void client.invalidateQueries({ queryKey: [topic] });
  });
  return () => {
    stopMissed();
    stopChanged();
  };
}
