import "./settings.css";

import { Trans, useLingui } from "@lingui/react/macro";
import { SegmentedControl, Select, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { bestLocale, localeNames, locales } from "@/shared/i18n/i18n";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { toast } from "@/shared/ui/toast";

import type { Preferences } from "../api";
import { settingsQueries, useSetPreferences } from "../queries";

/** Language and look. Every change applies at once and can be taken back. */
export function LookSettings() {
  const { t } = useLingui();
  const query = useQuery(settingsQueries.preferences());
  const save = useSetPreferences();

  const change = (now: Preferences, next: Partial<Preferences>) => {
    const before = Object.fromEntries(Object.keys(next).map((key) => [key, now[key as keyof Preferences]]));
    save.mutate(next, { onSuccess: () => toast({ text: t`Changed`, undo: () => save.mutate(before) }) });
  };

  return (
    <QueryView query={query}>
      {(now) => (
        <Card title={t`Language and look`}>
          <Setting label={t`Language`}>
            <SegmentedControl
              aria-label={t`Language`}
              transitionDuration={120}
              value={bestLocale(now.language || navigator.language)}
              onChange={(language) => change(now, { language })}
              data={locales.map((value) => ({ value, label: localeNames[value] }))}
            />
          </Setting>
          <Setting label={t`Theme`}>
            <SegmentedControl
              aria-label={t`Theme`}
              transitionDuration={120}
              value={now.theme || "auto"}
              onChange={(theme) => change(now, { theme })}
              data={[
                { value: "auto", label: t`As the system` },
                { value: "light", label: t`Light` },
                { value: "dark", label: t`Dark` },
              ]}
            />
          </Setting>
          <Setting label={t`Row height`}>
            <SegmentedControl
              aria-label={t`Row height`}
              transitionDuration={120}
              value={now.density || "normal"}
              onChange={(density) => change(now, { density })}
              data={[
                { value: "compact", label: t`Compact` },
                { value: "normal", label: t`Normal` },
                { value: "bench", label: t`Bench (large)` },
              ]}
            />
          </Setting>
          <Setting label={t`Size of everything`}>
            <Select
              aria-label={t`Size of everything`}
              w={120}
              allowDeselect={false}
              value={String(now.scale || 100)}
              onChange={(scale) => scale && change(now, { scale: Number(scale) })}
              data={[80, 90, 100, 110, 125, 150].map((percent) => ({ value: String(percent), label: `${percent} %` }))}
            />
          </Setting>
          <Setting label={t`Sounds when scanning`}>
            <Switch
              aria-label={t`Sounds when scanning`}
              checked={now.sound}
              onChange={(event) => change(now, { sound: event.currentTarget.checked })}
            />
          </Setting>
          <p className="small muted">
            <Trans>Changes apply at once.</Trans>
          </p>
        </Card>
      )}
    </QueryView>
  );
}

export function Setting({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="setting">
      <span className="setting-label">{label}</span>
      {children}
    </div>
  );
}
