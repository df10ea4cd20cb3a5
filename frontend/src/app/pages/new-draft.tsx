import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLocation, useSearch } from "wouter";

import { drafts } from "@/features/drafts/api";
import { draftQueries } from "@/features/drafts/queries";
import { ErrorPage } from "@/shared/ui/errors";

/** Begins a draft, once, and goes to it. `?from=` copies a draft or a work order. */
export default function NewDraftPage() {
  const [, navigate] = useLocation();
  const search = useSearch();
  const client = useQueryClient();
  const begun = useRef(false);
  const { mutate, error } = useMutation({
    mutationFn: () => {
      const from = new URLSearchParams(search).get("from");
      return from ? drafts.create(from) : drafts.begin();
    },
    onSuccess: (draft) => {
      // A draft begun earlier may be known here, and as it stands after this answer was written.
      const { queryKey } = draftQueries.one(draft.id);
      if (client.getQueryData(queryKey) === undefined) client.setQueryData(queryKey, draft);
      else void client.invalidateQueries({ queryKey });
      navigate(`/drafts/${draft.id}`, { replace: true });
    },
  });
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutate();
  }, [mutate]);
  return error ? <ErrorPage whole error={error} retry={() => mutate()} /> : null;
}
