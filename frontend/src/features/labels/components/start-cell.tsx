import { useLingui } from "@lingui/react/macro";

const across = 3;
const down = 6;

/** A sheet that was begun: click the first cell that is still empty. */
export function StartCell({ value, onChange }: { value: number; onChange: (cell: number) => void }) {
  const { t } = useLingui();
  return (
    <div role="radiogroup" aria-label={t`First empty label on the sheet`} className="sheet">
      {Array.from({ length: across * down }, (_, index) => index + 1).map((cell) => (
        <button
          key={cell}
          type="button"
          role="radio"
          aria-checked={cell === value}
          aria-label={t`Label ${cell}`}
          data-used={cell < value || undefined}
          onClick={() => onChange(cell)}
        >
          {cell}
        </button>
      ))}
    </div>
  );
}
