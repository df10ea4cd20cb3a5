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
  route("/orders/:id/pack", () => import("./pages/packing")),
  route("/orders/:id/labels", () => import("./pages/labels")),
  route("/orders/:id/quote", () => import("./pages/quote-review")),
  route("/orders/:id/:tab?", () => import("./pages/order")),
  route("/quotes", () => import("./pages/quotes")),
  route("/payments", () => import("./pages/payments")),
  route("/pay/:id", () => import("./pages/pay")),
  route("/track", () => import("./pages/tracking")),
  route("/track/:id", () => import("./pages/order-tracking")),
  route("/deadlines", () => import("./pages/deadlines")),
  route("/devices/:sn?", () => import("./pages/devices")),
  route("/bench/:stage?/:order?", () => import("./pages/bench")),
  route("/templates/:id?", () => import("./pages/templates")),
  route("/printers", () => import("./pages/printers")),
  route("/sync", () => import("./pages/sync")),
  route("/settings/data", () => import("./pages/data")),
  route("/settings/:tab?", () => import("./pages/settings")),
];
