import { createTheme, type MantineColorsTuple } from "@mantine/core";

const leaf: MantineColorsTuple = [
  "#EDF8F2", "#D6EFE3", "#ADDFC8", "#7FCBA8", "#4FB488", "#2B9B6E", "#14805A", "#0B6A49", "#07533A", "#043A29",
]; // prettier-ignore

// A dialog's <header> stands outside the page's and would be a second banner.
const plainHeader = { header: { role: "presentation" } };

export const theme = createTheme({
  colors: { leaf },
  primaryColor: "leaf",
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: "sm",
  radius: { xs: "4px", sm: "6px", md: "10px", lg: "10px", xl: "999px" },
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.45", sm: "1.45", md: "1.45", lg: "1.4", xl: "1.3" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  headings: { fontWeight: "600", sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "14px" }, h3: { fontSize: "13px" } } },
  fontSmoothing: false,
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm", h: "var(--control)" } },
    Modal: { defaultProps: { attributes: plainHeader, transitionProps: { duration: 120 }, centered: true, radius: "md", overlayProps: { opacity: 0.45 } } },
    Drawer: { defaultProps: { attributes: plainHeader } },
    Popover: { defaultProps: { transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 120 }, openDelay: 400 } },
    TextInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm", checkIconPosition: "right" } },
    Textarea: { defaultProps: { size: "sm" } },
  },
});
