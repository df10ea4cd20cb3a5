import type { desk } from "@wails/go/models";
import * as bridge from "@wails/go/app/Templates";

import { call } from "@/shared/bridge/call";

export type TemplateRow = desk.TemplateRow;
export type LabelPreview = desk.LabelPreview;

export const templates = {
  list: (): Promise<TemplateRow[]> => call(() => bridge.List()),
  source: (id: string): Promise<string> => call(() => bridge.Source(id)),
  preview: (source: string, language: string): Promise<LabelPreview> => call(() => bridge.Preview(source, language)),
  copy: (id: string, as: string): Promise<TemplateRow[]> => call(() => bridge.Copy(id, as)),
  save: (id: string, source: string): Promise<TemplateRow[]> => call(() => bridge.Save(id, source)),
  remove: (id: string): Promise<TemplateRow[]> => call(() => bridge.Remove(id)),
};
