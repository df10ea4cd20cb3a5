import { expect, it, vi } from "vitest";

import { latestOnly } from "./latest";

it("sends one at a time, skips what was overtaken, and never the last", async () => {
  const sent: string[] = [];
  const waiting: (() => void)[] = [];
  const idle = vi.fn();
  const save = latestOnly<string>(
    (value) =>
      new Promise((done) => {
        sent.push(value);
        waiting.push(done);
      }),
    idle,
    vi.fn(),
  );
  save("a");
  save("ab");
  save("abc");
  expect(sent).toEqual(["a"]);
  waiting.shift()!();
  await vi.waitFor(() => expect(sent).toEqual(["a", "abc"]));
  expect(idle).not.toHaveBeenCalled();
  waiting.shift()!();
  await vi.waitFor(() => expect(idle).toHaveBeenCalledOnce());
});

it("goes on after a failure", async () => {
  const failed = vi.fn();
  const send = vi.fn().mockRejectedValueOnce(new Error("no")).mockResolvedValue(undefined);
  const save = latestOnly<number>(send, vi.fn(), failed);
  save(1);
  save(2);
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  expect(failed).toHaveBeenCalledOnce();
});
