import { useEffect, useState } from "react";

/**
 * The height for a grid that fills a screen's lower part, and of its rows, in
 * whole pixels: the grid takes what the window leaves, and never less than six rows.
 */
export function useGridSize(): { height: number; rowHeight: number } {
  const [size, setSize] = useState(measure);
  useEffect(() => {
    const again = () => setSize(measure());
    const density = new MutationObserver(again);
    density.observe(document.documentElement, { attributeFilter: ["data-density"] });
    window.addEventListener("resize", again);
    return () => {
      density.disconnect();
      window.removeEventListener("resize", again);
    };
  }, []);
  return size;
}

const rows: Record<string, number> = { compact: 28, normal: 32, bench: 44 };

function measure(): { height: number; rowHeight: number } {
  const rowHeight = rows[document.documentElement.dataset.density ?? "normal"] ?? 32;
  return { rowHeight, height: Math.max(7 * rowHeight, Math.round(window.innerHeight - 464)) };
}
