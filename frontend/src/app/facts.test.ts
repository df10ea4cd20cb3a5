import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";

import { startQueries } from "@/features/start/queries";

import { firstFacts, refreshFacts, seedFacts } from "./facts";

const facts = {
  system: { version: "1", platform: "linux/amd64", data_dir: "/d", gpu: "never" },
  session: { mode: "none" },
  preferences: { language: "zh-CN" },
};

function page(content?: string): Document {
  const doc = document.implementation.createHTMLDocument();
  if (content === undefined) return doc;
  const meta = doc.createElement("meta");
  meta.name = "facts";
  meta.content = content;
  doc.head.append(meta);
  return doc;
}

describe("what comes with the page", () => {
  it("is there before any call, and is asked for again", () => {
    const first = firstFacts(page(JSON.stringify(facts)));
    const client = new QueryClient();
    seedFacts(client, first!);
    expect(client.getQueryData(startQueries.session().queryKey)).toEqual(facts.session);
    refreshFacts(client);
    expect(client.getQueryState(startQueries.session().queryKey)?.isInvalidated).toBe(true);
  });

  it("may be missing: a browser's page asks", () => {
    expect(firstFacts(page())).toBeUndefined();
  });
});
