import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";

import { asAppError } from "@/shared/bridge/errors";
import { followChanges } from "@/shared/bridge/changes";
import { handleKey } from "@/shared/lib/hotkeys";

import { type FirstFacts, refreshFacts, seedFacts } from "./facts";

// Facts are fresh until Go says otherwise. The network is Go's business: these
// calls stay on this PC, so the browser's idea of "online" must not stop them.
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        networkMode: "always",
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, error) => count < 1 && asAppError(error).code === "bridge.timeout",
      },
      mutations: { networkMode: "always" },
    },
  });
}

/** What every page needs, whatever it is drawn with. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <I18nProvider i18n={i18n}>
      <Router hook={useHashLocation}>{children}</Router>
    </I18nProvider>
  );
}

/** The query client and what keeps it true: changes from Go, and the keys of the window. */
export function Facts({ first, children }: { first: FirstFacts | undefined; children: ReactNode }) {
  const [client] = useState(() => {
    const fresh = newQueryClient();
    if (first) seedFacts(fresh, first);
    return fresh;
  });
  useEffect(() => {
    const stop = followChanges(client);
    if (first) refreshFacts(client); // what changed before we followed
    return stop;
  }, [client, first]);
  useEffect(() => {
    const blockReload = (event: KeyboardEvent) => {
      const reload = event.key === "F5" || (event.ctrlKey && event.code === "KeyR");
      if (reload && import.meta.env.PROD) event.preventDefault();
    };
    window.addEventListener("keydown", blockReload, { capture: true });
    window.addEventListener("keydown", handleKey);
    return () => {
      window.removeEventListener("keydown", blockReload, { capture: true });
      window.removeEventListener("keydown", handleKey);
    };
  }, []);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
