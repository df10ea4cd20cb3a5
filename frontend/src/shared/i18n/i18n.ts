import { i18n, type Messages } from "@lingui/core";

export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

export const localeNames: Record<Locale, string> = { en: "English", "zh-CN": "简体中文" };

type Catalogue = { messages: Messages };

// Every feature owns its catalogue; a language is all of them together, and is
// loaded when it is chosen.
const files: Record<Locale, Record<string, () => Promise<Catalogue>>> = {
  en: import.meta.glob<Catalogue>("/src/**/locales/en.po"),
  "zh-CN": import.meta.glob<Catalogue>("/src/**/locales/zh-CN.po"),
};

/** The best language we have for a wish such as "zh-Hans", "zh_CN.UTF-8" or "C". */
export function bestLocale(wish: string | undefined): Locale {
  return wish !== undefined && /^zh\b|^zh[-_]/i.test(wish) ? "zh-CN" : "en";
}

export async function activate(locale: Locale): Promise<void> {
  const parts = await Promise.all(Object.values(files[locale]).map((load) => load()));
  const messages: Messages = {};
  for (const part of parts) Object.assign(messages, part.messages);
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
}

export function currentLocale(): Locale {
  return bestLocale(i18n.locale);
}
