import { useLingui } from "@lingui/react/macro";

/** Where content will be. It does not move: an animation costs a weak PC its CPU. */
export function Skeleton({ rows = 6, height = 28 }: { rows?: number; height?: number }) {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} style={{ display: "grid", gap: 8 }}>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} className="skeleton" style={{ height, width: `${100 - ((i * 17) % 35)}%` }} />
      ))}
    </div>
  );
}
