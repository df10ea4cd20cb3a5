import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { toastError } from "@/shared/ui/toast";

import { type Preferences, settings } from "./api";

export const settingsQueries = {
  all: () => ["settings"] as const,
  preferences: () => queryOptions({ queryKey: [...settingsQueries.all(), "preferences"], queryFn: settings.get }),
  catalog: () => queryOptions({ queryKey: ["catalog"], queryFn: settings.catalog }),
  mailbox: () => queryOptions({ queryKey: ["orders", "mailbox"], queryFn: settings.mailbox }),
  centre: () => queryOptions({ queryKey: ["centre"], queryFn: settings.centre }),
};

/** Changes some preferences. The screen shows them at once, and goes back if saving failed. */
export function useSetPreferences() {
  const client = useQueryClient();
  const key = settingsQueries.preferences().queryKey;
  return useMutation({
    mutationFn: (change: Partial<Preferences>) => {
      const now = client.getQueryData(key);
      return now === undefined ? Promise.reject(new Error("preferences not loaded")) : settings.set({ ...now, ...change });
    },
    onMutate: (change) => {
      const before = client.getQueryData(key);
      if (before !== undefined) client.setQueryData(key, { ...before, ...change });
      return { before };
    },
    onSuccess: (saved) => client.setQueryData(key, saved),
    onError: (error, _change, context) => {
      if (context?.before !== undefined) client.setQueryData(key, context.before);
      toastError(error);
    },
  });
}
