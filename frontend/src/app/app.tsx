import { i18n } from "@lingui/core";
import { usePrefetchQuery, useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";

import { settingsQueries, useSetPreferences } from "@/features/settings/queries";
import { StartPage } from "@/features/start/components/start-page";
import { startQueries } from "@/features/start/queries";
import { activate, bestLocale, currentLocale } from "@/shared/i18n/i18n";

import type { FirstFacts } from "./facts";
import { type Look, useLook } from "./look";
import { Facts, Providers } from "./providers";

// The start page is small and drawn without the kit, so that a newcomer sees it at once.
const Kit = lazy(() => import("./kit").then((kit) => ({ default: kit.Kit })));
const loadShell = () => import("./shell/shell");
const Shell = lazy(() => loadShell().then((shell) => ({ default: shell.Shell })));
const ErrorPage = lazy(() => import("@/shared/ui/errors").then((errors) => ({ default: errors.ErrorPage })));

export function App({ facts }: { facts?: FirstFacts | undefined }) {
  return (
    <Facts first={facts}>
      <Window />
    </Facts>
  );
}

/** Puts the person's language and look in place before the first word is shown. */
function Window() {
  const preferences = useQuery(settingsQueries.preferences());
  usePrefetchQuery(startQueries.info()); // asked at once, shown when the words are there
  usePrefetchQuery(startQueries.session());
  const { language, theme, density, scale } = preferences.data ?? {};
  const settled = !preferences.isPending;
  const wanted = bestLocale(language || navigator.language);
  const [ready, setReady] = useState(() => settled && i18n.locale === wanted); // the words came first
  useEffect(() => {
    if (!settled) return;
    void activate(wanted).then(() => setReady(true));
  }, [settled, wanted]);

  useEffect(() => {
    const root = document.documentElement;
    root.dataset.density = density || "normal";
    root.style.setProperty("zoom", String((scale || 100) / 100));
  }, [density, scale]);

  const look = theme === "light" || theme === "dark" ? theme : "auto";
  useLook(look);

  if (!ready) return null;
  return (
    <Providers>
      <Opened look={look} />
    </Providers>
  );
}

/** The program as it stands: refused, without a centre yet, or at work. */
function Opened({ look }: { look: Look }) {
  const info = useQuery(startQueries.info());
  const setPreferences = useSetPreferences();
  const failure = info.error ?? info.data?.failure;
  const session = useQuery(startQueries.session());
  const atWork = session.data !== undefined && session.data.mode !== "none";
  useEffect(() => {
    if (atWork) void loadShell(); // beside the kit, not behind it
  }, [atWork]);

  const withKit = (page: ReactNode) => (
    <Suspense>
      <Kit look={look}>{page}</Kit>
    </Suspense>
  );
  if (failure) return withKit(<main><ErrorPage whole error={failure} retry={() => void info.refetch()} /></main>);
  if (session.error) return withKit(<main><ErrorPage whole error={session.error} retry={() => void session.refetch()} /></main>);
  if (info.data === undefined || session.data === undefined) return null;
  if (session.data.mode === "none") {
    return (
      <StartPage
        language={currentLocale()}
        onLanguage={(language) => setPreferences.mutate({ language })}
        withKit={withKit}
      />
    );
  }
  return withKit(<Shell session={session.data} version={info.data.version} />);
}
