import type { desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Quotes";

import { call } from "@/shared/bridge/call";

export type QuoteReview = desk.QuoteReview;
export type QuoteRow = desk.QuoteRow;
export type QuoteChoice = desk.QuoteChoice;
export type ChoiceSummary = desk.ChoiceSummary;
export type OpenOrder = desk.OrderRow;

export const quotes = {
  open: (): Promise<OpenOrder[]> => call(() => bridge.Open()),
  review: (order: string): Promise<QuoteReview> => call(() => bridge.Review(order)),
  weigh: (choice: QuoteChoice): Promise<ChoiceSummary> => call(() => bridge.Weigh(choice)),
  decide: (choice: QuoteChoice): Promise<QuoteReview> => call(() => bridge.Decide(choice)),
};
