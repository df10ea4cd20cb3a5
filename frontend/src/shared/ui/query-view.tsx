import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { ErrorPage } from "./errors";
import { Skeleton } from "./skeleton";

interface QueryViewProps<T> {
  query: UseQueryResult<T, Error>;
  loading?: ReactNode;
  /** All of the screen comes from this query. */
  whole?: boolean;
  children: (data: T) => ReactNode;
}

/** Shows a query: its place while it loads, its error, or its data. Old data stays while new is fetched. */
export function QueryView<T>({ query, loading, whole, children }: QueryViewProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorPage whole={whole} error={query.error} retry={() => void query.refetch()} />;
  return loading ?? <Skeleton />;
}
