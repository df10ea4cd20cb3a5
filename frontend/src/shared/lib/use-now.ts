import { useEffect, useState } from "react";

/** The time, once a second, but only until `until`: nothing ticks for ever. */
export function useNowUntil(until: string): number {
  const end = until === "" ? 0 : new Date(until).getTime();
  const [now, setNow] = useState(Date.now);
  const over = now >= end;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [over, end]);
  return now;
}
