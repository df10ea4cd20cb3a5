import type { app, desk, repair } from "@wails/go/models";
import * as orders from "@wails/go/app/Orders";
import * as bridge from "@wails/go/app/Payments";

import { call } from "@/shared/bridge/call";

export type PaySheet = desk.PaySheet;
export type PayDue = desk.PayDue;
export type Payee = repair.Payee;
export type Payment = repair.Payment;
export type PageCode = app.PageCode;
export type OpenOrder = desk.OrderRow;
export type VoucherSent = repair.VoucherSent;

export const payments = {
  open: (): Promise<OpenOrder[]> => call(() => bridge.Open()),
  sheet: (order: string): Promise<PaySheet> => call(() => bridge.Sheet(order)),
  trustPayee: (order: string): Promise<PaySheet> => call(() => bridge.TrustPayee(order)),
  pageCode: (link: string): Promise<PageCode> => call(() => bridge.PageCode(link)),
  choosePage: (order: string, payment: VoucherSent) =>
    call(() => orders.Do({ kind: "choose_payment", work_order: order, payment } as repair.Command)),
  sendVoucher: (order: string, payment: VoucherSent) =>
    call(() => orders.Do({ kind: "send_voucher", work_order: order, payment } as repair.Command)),
};
