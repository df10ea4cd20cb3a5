import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";

import { Providers } from "@/shared/testing/providers";

import { UnitInput } from "./unit-input";

function Form({ none }: { none?: number }) {
  const [grams, setGrams] = useState<number | undefined>(none);
  return (
    <>
      <UnitInput label="Weight" value={grams === 0 ? undefined : grams} per={1000} onChange={(next) => setGrams(next ?? none)} decimalScale={3} />
      <output>{grams}</output>
      <button type="button" onClick={() => setGrams(7000)} />
    </>
  );
}

const weights: [string, number][] = [["22.5", 22500], ["22,5", 22500], ["0.05", 50], ["0,05", 50], ["10.05", 10050], ["100", 100000]]; // prettier-ignore

describe("A number with decimals", () => {
  for (const [written, grams] of weights) {
    for (const none of [undefined, 0]) {
      it(`is ${written} typed or pasted where nothing is ${none ?? "none"}`, async () => {
        render(<Form none={none} />, { wrapper: Providers });
        const field = screen.getByLabelText<HTMLInputElement>("Weight");
        await userEvent.type(field, written);
        expect(screen.getByRole("status")).toHaveTextContent(String(grams));
        await userEvent.clear(field);
        expect(field.value).toBe("");
        await userEvent.paste(written);
        expect(screen.getByRole("status")).toHaveTextContent(String(grams));
        await userEvent.tab();
        expect(field.value).toBe(String(grams / 1000));
      });
    }
  }

  it("shows what was set elsewhere", async () => {
    render(<Form />, { wrapper: Providers });
    await userEvent.type(screen.getByLabelText("Weight"), "22.5");
    await userEvent.click(screen.getByRole("button"));
    expect(screen.getByLabelText<HTMLInputElement>("Weight").value).toBe("7");
  });
});
