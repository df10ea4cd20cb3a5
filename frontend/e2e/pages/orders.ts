import type { Desk } from "../desk";

/** A line of the list of work orders. */
export interface OrderRow {
  id: string;
  number: string;
  stage: string;
  sync: string;
  devices: number;
  draft: boolean;
  due: { amount: number; currency: string }[];
}

/** The list as this desk knows it; no stages means all. */
export async function ordersOf(desk: Desk, ...stages: string[]): Promise<OrderRow[]> {
  const query = { text: "", mine: "", stages, after: "", limit: 200 };
  return (await desk.call<{ rows: OrderRow[] }>("Orders", "List", query)).rows;
}

/** Opens a screen of the first work order in a stage, and says which it is. */
export async function openFirst(desk: Desk, stage: string, screen = ""): Promise<OrderRow> {
  const row = (await ordersOf(desk, stage))[0];
  if (row === undefined) throw new Error(`no work order is ${stage}`);
  await desk.goTo(`/orders/${row.id}${screen}`);
  return row;
}
