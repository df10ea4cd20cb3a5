import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";

interface WindowedListProps<T> {
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  /** Height of a row in pixels, the same for all; text that does not fit is cut. */
  rowHeight?: number;
  /** The list grows with its rows up to this height, then scrolls. */
  maxHeight?: number;
  /** Brings this row into view when it changes: what was just scanned. */
  reveal?: number;
  children: (item: T, index: number) => ReactNode;
}

/**
 * A list that draws only the rows in view, so that ten thousand are as quick as
 * ten. Rows hold plain elements: a component of the kit in each would not be.
 */
export function WindowedList<T>(props: WindowedListProps<T>) {
  const { label, items, keyOf, rowHeight = 44, maxHeight = 352, reveal = -1, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  useEffect(() => {
    if (reveal >= 0) virtual.scrollToIndex(reveal, { align: "auto" });
  }, [reveal, virtual]);
  const height = Math.min(items.length * rowHeight, maxHeight);
  return (
    <div ref={scroller} className="windowed" style={{ height }} tabIndex={items.length * rowHeight > maxHeight ? 0 : undefined}>
      <ul className="windowed-rows" aria-label={label} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => {
          const item = items[row.index]!;
          return (
            <li
              key={keyOf(item)}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
            >
              {children(item, row.index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
