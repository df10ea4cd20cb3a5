import "./styles";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { activate, bestLocale } from "@/shared/i18n/i18n";

import { App } from "./app";
import { firstFacts } from "./facts";

const facts = firstFacts();
// With the words there, the first render is the page.
if (facts) await activate(bestLocale(facts.preferences.language || navigator.language));

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App facts={facts} />
  </StrictMode>,
);
