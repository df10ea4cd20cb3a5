import { type RefObject, useLayoutEffect, useState } from "react";

interface GridSize {
  height: number;
  rowHeight: number;
}

/**
 * The height for a grid that fills a screen's lower part, and of its rows, in
 * whole pixels: the grid takes what its screen leaves, whatever stands above and
 * below it there, and never less than six rows.
 *
 * @param place what holds the grid; its card is the last thing on the screen
 * @param screen a selector of what scrolls around it
 */
export function useGridSize(place: RefObject<HTMLElement | null>, screen: string): GridSize {
  const [size, setSize] = useState(() => measure(null, null));
  useLayoutEffect(() => {
    const around = place.current?.closest<HTMLElement>(screen) ?? null;
    const again = () =>
      setSize((before) => {
        const now = measure(place.current, around);
        return now.height === before.height && now.rowHeight === before.rowHeight ? before : now;
      });
    again();
    const density = new MutationObserver(again);
    density.observe(document.documentElement, { attributeFilter: ["data-density"] });
    const room = new ResizeObserver(again);
    if (around) [around, ...around.children].forEach((one) => room.observe(one));
    window.addEventListener("resize", again);
    return () => {
      density.disconnect();
      room.disconnect();
      window.removeEventListener("resize", again);
    };
  }, [place, screen]);
  return size;
}

const rows: Record<string, number> = { compact: 28, normal: 32, bench: 44 };

function measure(place: HTMLElement | null, around: HTMLElement | null): GridSize {
  const rowHeight = rows[document.documentElement.dataset.density ?? "normal"] ?? 32;
  return { rowHeight, height: Math.max(7 * rowHeight, room(place, around)) };
}

function room(place: HTMLElement | null, around: HTMLElement | null): number {
  const grid = place?.querySelector(".grid-scroll")?.getBoundingClientRect();
  const card = place?.closest(".card")?.getBoundingClientRect();
  if (!grid || !card || !around || around.clientHeight === 0) return Math.round(window.innerHeight - 464);
  const above = grid.top - around.getBoundingClientRect().top + around.scrollTop;
  return Math.floor(around.clientHeight - above - (card.bottom - grid.bottom));
}
