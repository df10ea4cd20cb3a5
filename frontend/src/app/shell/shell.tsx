import "./shell.css";

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";

import { RecoveredNotice } from "@/features/data/components/recovered-notice";
import { needsQueries } from "@/features/needs/queries";
import { settingsQueries } from "@/features/settings/queries";
import type { Session } from "@/features/start/api";
import { syncQueries } from "@/features/sync/queries";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { useGroundScanner } from "@/shared/lib/use-scanner";
import { ErrorBoundary } from "@/shared/ui/errors";
import { RuleTexts } from "@/shared/ui/rules";
import { Skeleton } from "@/shared/ui/skeleton";

import { routes } from "../routes";
import { Footer } from "./footer";
import { Header } from "./header";
import { navFor } from "./nav";
import { Navigation } from "./navigation";
import { NotFound } from "./not-found";
import { closePalette, openPalette, usePalette } from "./palette-state";
import { useScanRouting } from "./scan-routing";
import { ShortcutSheet } from "./shortcut-sheet";

const Palette = lazy(() => import("./palette"));

interface ShellProps {
  session: Session;
  version: string;
}

/** The frame around every screen, and what works on all of them. */
export function Shell({ session, version }: ShellProps) {
  const { t, i18n } = useLingui();
  const [location, navigate] = useLocation();
  const [sheet, setSheet] = useState(false);
  const palette = usePalette();
  const main = useRef<HTMLElement>(null);
  const needs = useQuery(needsQueries.list());
  const status = useQuery(syncQueries.status());
  const catalog = useQuery(settingsQueries.catalog());
  const entries = navFor(session.role);
  const farm = session.role === "customer";

  useGroundScanner(useScanRouting());
  usePaneKeys();
  useHotkeys([
    { keys: "mod+k", label: t`Search and commands`, group: "program", run: () => openPalette() },
    { keys: "mod+/", label: t`Keyboard shortcuts`, group: "program", run: () => setSheet(true) },
    { keys: "f1", label: t`Keyboard shortcuts`, group: "program", run: () => setSheet(true) },
    ...(farm
      ? [{ keys: "mod+n", label: t`New work order`, group: "program" as const, run: () => navigate("/drafts/new") }]
      : []),
    { keys: "mod+b", label: t`Sync and outbox`, group: "program", run: () => navigate("/sync") },
    { keys: "mod+,", label: t`Settings`, group: "program", run: () => navigate("/settings") },
    ...entries.slice(0, 8).map((entry, i) => ({
      keys: `mod+${i + 1}`,
      label: i18n._(entry.label),
      group: "program" as const,
      run: () => navigate(entry.path),
    })),
  ]);

  // A new screen starts at its top and takes the focus, unless it has put it somewhere.
  useEffect(() => {
    main.current?.scrollTo({ top: 0 });
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [location]);

  return (
    <RuleTexts value={catalog.data?.rules ?? []}>
      <div className="shell">
        <a
          className="skip-link"
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            main.current?.focus();
          }}
        >
          <Trans>Go to the content</Trans>
        </a>
        <Header
          session={session}
          status={status.data}
          needs={needs.data?.length ?? 0}
          onSearch={() => openPalette()}
        />
        <Navigation
          entries={entries}
          counts={{
            needs: needs.data?.length ?? 0,
            outbox: (status.data?.waiting ?? 0) + (status.data?.refused ?? 0),
            quotes: needs.data?.filter((need) => need.kind === "quotes_to_answer").length ?? 0,
            payments: needs.data?.filter((need) => need.kind === "payment_due").length ?? 0,
          }}
        />
        <main id="main" className="shell-main" ref={main} tabIndex={-1} data-pane>
          <ErrorBoundary resetKey={location}>
            <RecoveredNotice />
            <Suspense fallback={<div className="page"><Skeleton /></div>}>
              <Switch>
                <Route path="/">
                  <Redirect to="/needs" replace />
                </Route>
                {routes.map(({ path, page: Page }) => (
                  <Route key={path} path={path}>
                    {(params) => <Page params={params} />}
                  </Route>
                ))}
                <Route>
                  <NotFound />
                </Route>
              </Switch>
            </Suspense>
          </ErrorBoundary>
        </main>
        <Footer version={version} practice={session.mode === "practice"} />
        {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
        {palette && (
          <Suspense fallback={null}>
            <Palette entries={entries} text={palette.text} onClose={closePalette} />
          </Suspense>
        )}
      </div>
    </RuleTexts>
  );
}

/** F6 walks the panes: navigation, content, and whatever a screen marks with data-pane. */
function usePaneKeys(): void {
  const { t } = useLingui();
  const walk = (step: 1 | -1) => () => {
    const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
    const here = panes.findLastIndex((pane) => pane.contains(document.activeElement));
    const next = panes[(here + step + panes.length) % panes.length];
    const inside = next?.querySelector<HTMLElement>("[data-pane-focus], [aria-current=page], a[href], button, input");
    (next?.dataset.pane === "" && next.tabIndex === -1 && next.id === "main" ? next : (inside ?? next))?.focus();
  };
  useHotkeys([
    { keys: "f6", label: t`Next pane`, group: "program", run: walk(1) },
    { keys: "shift+f6", label: t`Previous pane`, group: "program", run: walk(-1) },
  ]);
}
