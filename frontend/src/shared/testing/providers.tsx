import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";

import { handleKey } from "@/shared/lib/hotkeys";

export const newQueryClient = () => new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });

/** What every screen finds around it, without the shell and without animations. */
export function Providers({ children }: { children: ReactNode }) {
  useEffect(() => {
    window.addEventListener("keydown", handleKey);
    return () => window.removeEventListener("keydown", handleKey);
  }, []);
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider env="test">
        <Notifications />
        {children}
      </MantineProvider>
    </I18nProvider>
  );
}
