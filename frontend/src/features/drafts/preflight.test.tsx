import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { Providers } from "@/shared/testing/providers";

import type { DraftView } from "./api";
import { Preflight } from "./components/preflight";

it("says a warning of many rows once, and counts all of them", () => {
  const findings = [
    { code: "intake.ship_date_unknown", severity: "warning", row: 1, column: "ship_date", args: { rows: "1–3, 5", row_count: "4" } },
    { code: "intake.missing_complaint", severity: "blocking", row: 3, column: "complaint", args: {} },
  ];
  const draft = { findings, row_count: 5, blocking: 1, warnings: 4 } as unknown as DraftView;
  render(
    <Providers>
      <Preflight draft={draft} onGo={vi.fn()} onRemoveDuplicates={vi.fn()} />
    </Providers>,
  );
  expect(screen.getByText(/Rows 1–3, 5:/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Go to the first" })).toBeInTheDocument();
  expect(screen.getByText(/Row 3:/)).toBeInTheDocument();
  expect(screen.queryByText(/more: F8/)).toBeNull();
});
