import lingui from "eslint-plugin-lingui";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

import { fences } from "./eslint/fences.js";

export default tseslint.config(
  { ignores: ["dist", "wailsjs", "node_modules", "e2e/report", "test-results", "**/locales/**"] },
  ...tseslint.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { hashmend: { rules: { fences } }, "react-hooks": reactHooks, lingui },
    rules: {
      "hashmend/fences": "error",
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "lingui/t-call-in-function": "error",
      "lingui/no-single-variables-to-translate": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXText[value=/[A-Za-z]{3,}/]:not(JSXElement[openingElement.name.name=/^(Trans|Plural|Select)$/] JSXText)",
          message: "Text on a screen is translated: wrap it in <Trans> or t`…`.",
        },
        {
          selector: "ExportAllDeclaration",
          message: "No barrels: import from the file that defines it.",
        },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML'], AssignmentExpression > MemberExpression[property.name=/^(innerHTML|outerHTML)$/]",
          message: "What a server sends is text, never HTML.",
        },
      ],
    },
  },
  {
    files: ["src/**/*.test.{ts,tsx}", "src/**/testing/**"],
    rules: { "no-restricted-syntax": "off" },
  },
);
