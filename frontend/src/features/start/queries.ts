import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type Session, start } from "./api";

export const startQueries = {
  info: () => queryOptions({ queryKey: ["system"], queryFn: start.info }),
  session: () => queryOptions({ queryKey: ["session"], queryFn: start.session }),
};

/** Whatever changes whom we speak for makes every other fact stale. */
export function useNewSession<Input>(act: (input: Input) => Promise<Session>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (session) => {
      client.setQueryData(startQueries.session().queryKey, session);
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    },
  });
}
