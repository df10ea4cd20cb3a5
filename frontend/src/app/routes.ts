import { type ComponentType, lazy, type LazyExoticComponent } from "react";

export type Params = Record<string, string | undefined>;

type Load = () => Promise<{ default: ComponentType<{ params: Params }> }>;

export interface AppRoute {
  /** wouter's pattern; the first that matches is shown. */
  path: string;
  page: LazyExoticComponent<ComponentType<{ params: Params }>>;
}

const route = (path: string, load: Load): AppRoute => ({ path, page: lazy(load) });

/** Every address of the window. A page is loaded when it is first visited. */
export const routes: readonly AppRoute[] = [
  route("/needs", () => import("./pages/needs")),
  route("/orders", () => import("./pages/orders")),
  route("/drafts/new", () => import("./pages/new-draft")),
  route("/drafts/:id", () => import("./pages/draft")),
  route("/sync", () => import("./pages/sync")),
  route("/settings/:tab?", () => import("./pages/settings")),
];
