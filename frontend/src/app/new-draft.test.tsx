import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";

import { draftQueries } from "@/features/drafts/queries";
import { fakeBridge } from "@/shared/testing/fake-bridge";
import { answer } from "@/shared/testing/fake-work";
import { Providers } from "@/shared/testing/providers";

import NewDraftPage from "./pages/new-draft";

it("what is known of a draft is not replaced by an older answer, but asked for again", async () => {
  const fake = fakeBridge();
  const { queryKey } = draftQueries.one("draft-1");
  const client = new QueryClient();
  answer(fake, "Drafts", {
    Begin: () => {
      client.setQueryData(queryKey, { id: "draft-1", row_count: 4 } as never); // while the answer is on its way
      return { id: "draft-1", row_count: 0 };
    },
  });
  const { hook, history } = memoryLocation({ path: "/drafts/new", record: true });
  render(
    <Providers>
      <QueryClientProvider client={client}>
        <Router hook={hook}>
          <NewDraftPage />
        </Router>
      </QueryClientProvider>
    </Providers>,
  );
  await waitFor(() => expect(history.at(-1)).toBe("/drafts/draft-1"));
  expect(client.getQueryData(queryKey)).toMatchObject({ row_count: 4 });
  expect(client.getQueryState(queryKey)?.isInvalidated).toBe(true);
});
