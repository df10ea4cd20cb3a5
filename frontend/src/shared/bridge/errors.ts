import * as v from "valibot";

const kinds = [
  "invalid",
  "not_found",
  "conflict",
  "unauthorized",
  "forbidden",
  "offline",
  "unavailable",
  "internal",
] as const;

const appErrorSchema = v.object({
  kind: v.picklist(kinds),
  code: v.pipe(v.string(), v.minLength(1)),
  rule: v.optional(v.string()),
  args: v.optional(v.nullable(v.record(v.string(), v.string()))),
});

export type AppErrorKind = (typeof kinds)[number];

/** The only error a screen sees. The code is its identity and its translation key. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly kind: AppErrorKind;
  readonly code: string;
  readonly rule: string | undefined;
  readonly args: Record<string, string>;

  constructor(kind: AppErrorKind, code: string, args: Record<string, string> = {}, rule?: string, cause?: unknown) {
    super(`${kind}: ${code}`, { cause });
    this.kind = kind;
    this.code = code;
    this.args = args;
    this.rule = rule || undefined;
  }
}

/** Reads whatever was thrown. What does not carry a code of ours is a fault of the program. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const text = thrown instanceof Error ? thrown.message : typeof thrown === "string" ? thrown : "";
  const parsed = v.safeParse(appErrorSchema, fromJson(text));
  if (parsed.success) {
    const { kind, code, rule, args } = parsed.output;
    return new AppError(kind, code, args ?? {}, rule, thrown);
  }
  return new AppError("internal", "internal", { detail: text.slice(0, 300) }, undefined, thrown);
}

function fromJson(text: string): unknown {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
