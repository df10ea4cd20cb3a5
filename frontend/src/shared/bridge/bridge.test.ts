import { QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, it, vi } from "vitest";

import { call } from "./call";
import { followChanges } from "./changes";
import { asAppError } from "./errors";
import { sendBytes } from "./local";

describe("an error of Go", () => {
  it("arrives as JSON in the message of an Error", () => {
    const error = asAppError(new Error('{"kind":"conflict","code":"quote.not_declinable","rule":"R32","args":{"class":"normal"}}'));
    expect(error).toMatchObject({ kind: "conflict", code: "quote.not_declinable", rule: "R32", args: { class: "normal" } });
  });

  it.each([
    ["a plain text", new Error("boom")],
    ["an object without a code", new Error('{"kind":"conflict"}')],
    ["a kind we do not know", new Error('{"kind":"odd","code":"x.y"}')],
    ["broken JSON", new Error('{"kind":')],
    ["nothing at all", undefined],
  ])("is internal when it is %s", (_name, thrown) => expect(asAppError(thrown).kind).toBe("internal"));

  it("stays itself when it is read twice", () => {
    const error = asAppError(new Error('{"kind":"offline","code":"centre.offline"}'));
    expect(asAppError(error)).toBe(error);
  });
});

describe("a call of the bridge", () => {
  it("gives its result", async () => expect(await call(() => Promise.resolve(7))).toBe(7));

  it("fails with the error of Go", async () => {
    const refused = () => Promise.reject(new Error('{"kind":"not_found","code":"order.not_found"}'));
    await expect(call(refused)).rejects.toMatchObject({ code: "order.not_found" });
  });

  it("always settles, even when Go never answers", async () => {
    vi.useFakeTimers();
    const late = expect(call(() => new Promise(() => undefined), 1000)).rejects.toMatchObject({ code: "bridge.timeout" });
    await vi.advanceTimersByTimeAsync(1000);
    await late;
  });
});

describe("changes from Go", () => {
  const listeners = new Map<string, (data: unknown) => void>();
  afterEach(() => delete window.runtime);
  const follow = () => {
    window.runtime = {
      EventsOn: (name, listen) => {
        listeners.set(name, listen);
        return () => listeners.delete(name);
      },
    };
    const client = new QueryClient();
    const invalidate = vi.spyOn(client, "invalidateQueries").mockResolvedValue();
    followChanges(client);
    return { invalidate, tell: (seq: number, topics: unknown) => listeners.get("changed")!({ seq, data: { topics } }) };
  };

  it("make the named topics stale, and nothing else", () => {
    const { invalidate, tell } = follow();
    tell(1, ["orders", "needs"]);
    expect(invalidate.mock.calls).toEqual([[{ queryKey: ["orders"] }], [{ queryKey: ["needs"] }]]);
  });

  it("make everything stale after a gap", () => {
    const { invalidate, tell } = follow();
    tell(1, []);
    tell(3, ["orders"]);
    expect(invalidate).toHaveBeenCalledExactlyOnceWith();
  });

  it("make everything stale when the stream says that some were missed", () => {
    const { invalidate } = follow();
    listeners.get("events_missed")!(undefined);
    expect(invalidate).toHaveBeenCalledExactlyOnceWith();
  });
});

describe("bytes", () => {
  it("travel as Uint8Array, never as a Blob", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response('{"job":"j"}'));
    expect(await sendBytes("files", new Uint8Array([1]), "image/png")).toEqual({ job: "j" });
    expect(fetched.mock.calls[0]![0]).toBe("/local/files");
    expect(fetched.mock.calls[0]![1]!.body).toBeInstanceOf(Uint8Array);
  });

  it("bring Go's error back", async () => {
    vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response('{"kind":"invalid","code":"intake.too_large"}', { status: 422 }));
    await expect(sendBytes("files", new Uint8Array(), "x")).rejects.toMatchObject({ code: "intake.too_large" });
  });
});
