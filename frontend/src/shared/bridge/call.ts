import { AppError, asAppError } from "./errors";

const patience = 30_000;

/**
 * Runs one call of the generated bridge.
 *
 * Guaranteed: it settles. A call that panicked in Go never would, so after
 * `timeout` it fails with `bridge.timeout`; every failure is an AppError.
 */
export async function call<T>(work: () => Promise<T>, timeout: number = patience): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("internal", "bridge.timeout")), timeout);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (thrown) {
    throw asAppError(thrown);
  } finally {
    clearTimeout(timer);
  }
}
