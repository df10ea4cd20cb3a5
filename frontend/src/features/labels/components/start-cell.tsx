import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";

import type { SheetStock } from "../api";

interface StartCellProps {
  stock: SheetStock;
  value: number;
  onChange: (cell: number) => void;
}

/** A sheet that was begun: click the first cell that is still empty, or go on behind the last one printed. */
export function StartCell({ stock, value, onChange }: StartCellProps) {
  const { t } = useLingui();
  const cells = stock.nx * stock.ny;
  return (
    <div className="stack">
      <div
        role="radiogroup"
        aria-label={t`First empty label on the sheet`}
        className="sheet"
        style={{ gridTemplateColumns: `repeat(${stock.nx}, 1fr)` }}
      >
        {Array.from({ length: cells }, (_, index) => index + 1).map((cell) => (
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
      <Button variant="default" size="compact-sm" disabled={stock.next === value} onClick={() => onChange(stock.next)}>
        <Trans>Continue after the last: label {stock.next}</Trans>
      </Button>
    </div>
  );
}
