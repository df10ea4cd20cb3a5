import "./kit-styles";

import { MantineProvider } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";

import type { Look } from "./look";
import { theme } from "./theme";

const Notifications = lazy(() => import("@mantine/notifications").then((kit) => ({ default: kit.Notifications })));

/** Where toasts appear. A toast told before this is there waits in the store. */
function Toasts() {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTimeout(() => setPainted(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  if (!painted) return null; // the first frame has no toast
  return (
    <Suspense>
      <Notifications limit={3} position="bottom-right" transitionDuration={120} />
    </Suspense>
  );
}

interface KitProps {
  look: Look;
  children: ReactNode;
}

/** The library of controls, for all that is drawn with it. The start page is not: it is there at once. */
export function Kit({ look, children }: KitProps) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      forceColorScheme={look === "auto" ? undefined : look}
    >
      <Toasts />
      {children}
    </MantineProvider>
  );
}
