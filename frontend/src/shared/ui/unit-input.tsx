import { NumberInput, type NumberInputProps } from "@mantine/core";
import { type FocusEvent, useState } from "react";

interface Props extends Omit<NumberInputProps, "value" | "defaultValue" | "onChange"> {
  /** In the smallest unit, such as grams; undefined is none. */
  value: number | undefined;
  /** How many of the smallest unit make one that is shown, such as 1,000 grams a kilogram. */
  per: number;
  onChange: (value: number | undefined) => void;
}

/**
 * UnitInput takes a number with decimals, with a point or a comma, for a value that is kept
 * in whole small units. What is typed stays as it is typed while it means that value: "22."
 * on the way to "22.5" is not "22".
 */
export function UnitInput({ value, per, onChange, onBlur, ...rest }: Props) {
  const [typed, setTyped] = useState<number | string>();
  const meant = typed === undefined ? undefined : inUnits(typed, per);
  const stands = typed !== undefined && (meant ?? 0) === (value ?? 0);
  return (
    <NumberInput
      {...rest}
      value={stands ? typed : value === undefined ? "" : value / per}
      onChange={(next) => {
        setTyped(next);
        onChange(inUnits(next, per));
      }}
      onBlur={(event: FocusEvent<HTMLInputElement>) => {
        setTyped(undefined);
        onBlur?.(event);
      }}
    />
  );
}

function inUnits(typed: number | string, per: number): number | undefined {
  const value = typed === "" ? NaN : Number(typed);
  return Number.isNaN(value) ? undefined : Math.round(value * per);
}
