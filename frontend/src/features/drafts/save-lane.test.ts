import { describe, expect, it, vi } from "vitest";

import { saveLane } from "./save-lane";

/** A send that ends when the test says so. */
function held() {
  const sent: (string | undefined)[] = [];
  const ends: (() => void)[] = [];
  const lane = saveLane((cell) => {
    sent.push(cell?.value);
    return new Promise((done) => ends.push(done));
  }, vi.fn());
  const type = (value: string) => lane.type({ row: "r", column: "c", value });
  const answer = async () => {
    ends.shift()!();
    await new Promise((done) => setTimeout(done));
  };
  return { lane, sent, type, answer };
}

describe("the saves of a draft's cells", () => {
  it("sends the first key at once and then only the newest", async () => {
    const { sent, type, answer } = held();
    for (const value of ["a", "ab", "abc", "abcd"]) type(value);
    expect(sent).toEqual(["a"]);
    await answer();
    expect(sent).toEqual(["a", "abcd"]);
  });

  it("never lets a key overtake the end of its edit", async () => {
    const { lane, sent, type, answer } = held();
    type("a");
    const saved = vi.fn(() => Promise.resolve());
    void lane.save(saved);
    expect(saved).not.toHaveBeenCalled();
    await answer();
    expect(saved).toHaveBeenCalledTimes(1);
    type("next");
    expect(sent).toEqual(["a", "next"]);
  });

  it("says once that typing cannot be kept, and goes on", async () => {
    const failed = vi.fn();
    const lane = saveLane(() => Promise.reject(new Error("full")), failed);
    for (const value of ["a", "ab"]) {
      lane.type({ row: "r", column: "c", value });
      await new Promise((done) => setTimeout(done));
    }
    expect(failed).toHaveBeenCalledTimes(1);
    await expect(lane.save(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
