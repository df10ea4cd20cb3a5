import { Trans, useLingui } from "@lingui/react/macro";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { IconClipboardList, IconCpu, IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useEffect, useState, useSyncExternalStore } from "react";
import { useLocation } from "wouter";

import { orderQueries } from "@/features/orders/queries";
import { stageTerms, tTerm } from "@/shared/i18n/terms";
import { activeHotkeys, watchHotkeys } from "@/shared/lib/hotkeys";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { Code, Keys } from "@/shared/ui/text";

import type { NavEntry } from "./nav";

const [store, spotlight] = createSpotlight();

interface PaletteProps {
  entries: NavEntry[];
  text: string;
  onClose: () => void;
}

/** One box for everything: go somewhere, do something, find an order or a device. */
export default function Palette({ entries, text, onClose }: PaletteProps) {
  const { t, i18n } = useLingui();
  const [, navigate] = useLocation();
  const [query, setQuery] = useState(text);
  const wanted = useDeferredValue(query.trim());
  const found = useQuery({ ...orderQueries.search(wanted), enabled: wanted.length >= 2 });
  const hotkeys = useSyncExternalStore(watchHotkeys, activeHotkeys);
  useHotkeys([], true);

  useEffect(() => spotlight.open(), []);

  const matches = (label: string) => label.toLowerCase().includes(query.trim().toLowerCase());
  const deeds = [...new Map(hotkeys.filter((key) => key.group === "page" && key.run).map((key) => [key.label, key])).values()];
  const go = (path: string) => () => navigate(path);
  const hits = wanted.length >= 2 ? found.data : undefined;
  const empty = hits !== undefined && hits.orders.rows.length === 0 && hits.devices.length === 0;

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      clearQueryOnClose={false}
      onSpotlightClose={onClose}
      attributes={{ content: { "aria-label": t`Search and commands` } }}
      centered={false}
      yOffset={72}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      maxHeight={420}
      scrollable
      transitionProps={{ duration: 120 }}
    >
      <Spotlight.Search
        placeholder={t`Order, serial, waybill, or a command`}
        aria-label={t`Search and commands`}
        leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
        onKeyDown={(event) => {
          // Enter takes the first answer, without an arrow before it.
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          const list = event.currentTarget.closest(".mantine-Spotlight-content");
          if (list?.querySelector("[data-selected]")) return;
          list?.querySelector<HTMLElement>(".mantine-Spotlight-action")?.click();
        }}
      />
      <Spotlight.ActionsList>
        {hits && hits.orders.rows.length > 0 && (
          <Spotlight.ActionsGroup label={t`Work orders`}>
            {hits.orders.rows.map((row) => (
              <Spotlight.Action
                key={row.id}
                label={row.number || row.reference || t`Draft`}
                description={[row.customer, tTerm(stageTerms, row.stage)].filter(Boolean).join(" · ")}
                leftSection={<IconClipboardList size={18} stroke={1.75} aria-hidden />}
                onClick={go(row.draft ? `/drafts/${row.id}` : `/orders/${row.id}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {hits && hits.devices.length > 0 && (
          <Spotlight.ActionsGroup label={t`Devices`}>
            {hits.devices.slice(0, 8).map((hit) => (
              <Spotlight.Action
                key={`${hit.order}/${hit.device}`}
                label={hit.serial}
                description={[hit.model, hit.number].filter(Boolean).join(" · ")}
                leftSection={<IconCpu size={18} stroke={1.75} aria-hidden />}
                onClick={go(hit.draft ? `/drafts/${hit.order}` : `/orders/${hit.order}?device=${hit.device}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {deeds.some((deed) => matches(deed.label)) && (
          <Spotlight.ActionsGroup label={t`On this screen`}>
            {deeds
              .filter((deed) => matches(deed.label))
              .map((deed) => (
                <Spotlight.Action
                  key={deed.keys}
                  label={deed.label}
                  rightSection={<Keys combo={deed.keys} />}
                  onClick={deed.run}
                />
              ))}
          </Spotlight.ActionsGroup>
        )}
        {entries.some((entry) => matches(i18n._(entry.label))) && (
          <Spotlight.ActionsGroup label={t`Go to`}>
            {entries
              .filter((entry) => matches(i18n._(entry.label)))
              .map((entry) => (
                <Spotlight.Action
                  key={entry.path}
                  label={i18n._(entry.label)}
                  rightSection={<Keys combo={`mod+${entries.indexOf(entry) + 1}`} />}
                  onClick={go(entry.path)}
                />
              ))}
          </Spotlight.ActionsGroup>
        )}
        {empty && (
          <Spotlight.Empty>
            <Trans>
              Nothing on this computer has <Code>{wanted}</Code>
            </Trans>
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
