/**
 * Sends the newest value only: while one is on its way the values between are
 * skipped, and nothing is ever sent out of order. Resolves `idle` when all is saved.
 */
export function latestOnly<T>(send: (value: T) => Promise<void>, idle: () => void, failed: (error: unknown) => void) {
  let waiting: { value: T } | undefined;
  let busy = false;
  const run = async () => {
    busy = true;
    while (waiting) {
      const { value } = waiting;
      waiting = undefined;
      try {
        await send(value);
      } catch (error) {
        failed(error);
      }
    }
    busy = false;
    idle();
  };
  return (value: T) => {
    waiting = { value };
    if (!busy) void run();
  };
}
