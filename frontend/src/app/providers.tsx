import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider, type MantineColorScheme } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";

import { asAppError } from "@/shared/bridge/errors";
import { followChanges } from "@/shared/bridge/changes";
import { handleKey } from "@/shared/lib/hotkeys";

import { theme } from "./theme";

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

const Notifications = lazy(() => import("@mantine/notifications").then((kit) => ({ default: kit.Notifications })));

/** Where toasts appear. A toast told before this is there waits in the store. */
function Toasts() {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTimeout(() => setPainted(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  if (!painted) return null; // the first frame has no toast
  return (
    <Suspense>
      <Notifications limit={3} position="bottom-right" transitionDuration={120} />
    </Suspense>
  );
}

interface ProvidersProps {
  colorScheme: MantineColorScheme;
  children: ReactNode;
}

export function Providers({ colorScheme, children }: ProvidersProps) {
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        forceColorScheme={colorScheme === "auto" ? undefined : colorScheme}
      >
        <Toasts />
        <Router hook={useHashLocation}>{children}</Router>
      </MantineProvider>
    </I18nProvider>
  );
}

/** The query client and what keeps it true: changes from Go, and the keys of the window. */
export function Facts({ children }: { children: ReactNode }) {
  const [client] = useState(newQueryClient);
  useEffect(() => followChanges(client), [client]);
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
