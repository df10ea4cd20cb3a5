import { createContext, useContext } from "react";

import { currentLocale } from "@/shared/i18n/i18n";

export interface RuleText {
  id: string;
  en: string;
  zh: string;
}

/** The guide's rules in a sentence each, as Go knows them; the shell provides them. */
export const RuleTexts = createContext<readonly RuleText[]>([]);

export function useRuleText(rule: string): string | undefined {
  const text = useContext(RuleTexts).find(({ id }) => id === rule);
  return text && (currentLocale() === "zh-CN" ? text.zh : text.en);
}
