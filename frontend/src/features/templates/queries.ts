import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type TemplateRow, templates } from "./api";

export const templateQueries = {
  list: () => queryOptions({ queryKey: ["templates", "list"], queryFn: templates.list }),
  source: (id: string) => queryOptions({ queryKey: ["templates", "source", id], queryFn: () => templates.source(id) }),
  preview: (source: string, language: string) =>
    queryOptions({
      queryKey: ["templates", "preview", source, language],
      queryFn: () => templates.preview(source, language),
      placeholderData: keepPreviousData,
      gcTime: 0, // each key typed is another one
    }),
};

/** Changes the templates of this shop; the answer is the list as it is now. */
export function useTemplateDeed<Input>(deed: (input: Input) => Promise<TemplateRow[]>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: (list) => {
      client.setQueryData(templateQueries.list().queryKey, list);
      void client.invalidateQueries({ queryKey: ["templates", "source"] });
    },
  });
}
