import { useLayoutEffect } from "react";

export type Look = "light" | "dark" | "auto";

/** Light, dark or as the system is, on the page itself: the tokens follow it. */
export function useLook(look: Look): void {
  useLayoutEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const show = () => {
      const scheme = look !== "auto" ? look : dark.matches ? "dark" : "light";
      document.documentElement.dataset.mantineColorScheme = scheme;
    };
    show();
    dark.addEventListener("change", show);
    return () => dark.removeEventListener("change", show);
  }, [look]);
}
