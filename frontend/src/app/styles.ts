// What the first page needs. The rest comes with the kit (kit-styles.ts).
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";

import "@/shared/ui/tokens.css";
