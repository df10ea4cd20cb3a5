import { notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { newQueryClient, Providers } from "@/shared/testing/providers";
import { type Fake, fakeBridge, type FakeWish } from "@/shared/testing/fake-bridge";

import { Editor } from "./components/editor";
import { draftQueries } from "./queries";

let fake: Fake;
const left = vi.fn();
const next = vi.fn();

async function open(wish: FakeWish = {}) {
  fake = fakeBridge(wish);
  const client = newQueryClient();
  await client.fetchQuery(draftQueries.one("draft-1"));
  render(
    <QueryClientProvider client={client}>
      <Providers>
        <Editor
          id="draft-1"
          centre="Practice centre"
          catalog={{ models: ["X16-Q", "X4-Q"], countries: ["KZ"] }}
          sound={false}
          onLeave={left}
          onNext={next}
          onBack={vi.fn()}
        />
      </Providers>
    </QueryClientProvider>,
  );
  await screen.findByText("JYZZ21AGO00B1");
  return sink();
}

const sink = () => document.querySelector<HTMLTextAreaElement>(".grid-sink")!;
const cell = (row: number, col: number) => document.querySelector(`.grid-cell[data-row="${row}"][data-col="${col}"]`)?.textContent ?? "";
const calls = (method: string) => fake.calls.filter((one) => one.method === method);
const press = (key: string, more: Partial<KeyboardEventInit> = {}) => fireEvent.keyDown(sink(), { key, code: key, ...more });
const type = (text: string) => {
  sink().value = text;
  fireEvent.input(sink(), { isTrusted: true });
};

beforeEach(() => notifications.clean()); // toasts outlive the page that they are on

describe("the grid of devices", () => {
  beforeEach(() => left.mockReset());

  it("has the focus when the address is complete", async () => {
    expect(await open()).toHaveFocus();
  });

  it("names the active cell, its value and what is wrong with it", async () => {
    await open();
    for (let i = 0; i < 3; i++) press("ArrowDown");
    expect(sink()).toHaveAccessibleName("Serial, row 4: HKA2109. Serial unusually short: 7 characters");
    expect(screen.getAllByRole("status").some((one) => one.textContent?.includes("Row 4"))).toBe(true);
  });

  it("saves what is typed as one change", async () => {
    await open();
    press("ArrowRight");
    press("F2");
    type("X4-Q");
    press("Enter");
    await waitFor(() =>
      expect(calls("Drafts.Edit")[0]!.args).toEqual(["draft-1", [{ row: "row-0", column: "model", value: "X4-Q" }]]),
    );
    await waitFor(() => expect(cell(0, 1)).toBe("X4-Q"));
  });

  it("lets Escape give the cell back", async () => {
    await open();
    press("F2");
    type("wrong");
    press("Escape");
    expect(calls("Drafts.Edit")).toEqual([]);
  });

  it("keeps what is being typed at every key, and one step at the end", async () => {
    await open();
    press("ArrowRight");
    press("F2");
    type("X4");
    type("X4-");
    type("X4-Q");
    await waitFor(() => expect(calls("Drafts.Typing").at(-1)!.args).toEqual(["draft-1", "row-0", "model", "X4-Q"]));
    expect(calls("Drafts.Edit")).toEqual([]);
    press("Enter");
    await waitFor(() => expect(calls("Drafts.Edit")).toHaveLength(1));
    expect(calls("Drafts.StopTyping")).toEqual([]);
  });

  it("forgets what was typed when Escape gives the cell back", async () => {
    await open();
    press("F2");
    type("wrong");
    press("Escape");
    await waitFor(() => expect(calls("Drafts.StopTyping")).toHaveLength(1));
  });

  it("keeps the buffer of an input method, and the text it gives", async () => {
    await open();
    press("F2");
    fireEvent.compositionStart(sink());
    type("kuang");
    sink().value = "矿";
    fireEvent.compositionEnd(sink());
    await waitFor(() => expect(calls("Drafts.Typing").at(-1)!.args[3]).toBe("矿"));
  });

  it("goes on with an edit that the program's end cut off", async () => {
    await open({ typing: { line: 3, column: "complaint", value: "smells bur" } });
    await waitFor(() => expect(sink().dataset.editing).toBe("true"));
    expect(sink()).toHaveValue("smells bur");
    expect(sink()).toHaveFocus();
    press("Enter");
    await waitFor(() =>
      expect(calls("Drafts.Edit")[0]!.args).toEqual(["draft-1", [{ row: "row-2", column: "complaint", value: "smells bur" }]]),
    );
  });

  it("saves the cell when its screen is left", async () => {
    await open();
    press("ArrowRight");
    type("X4-Q");
    cleanup();
    await waitFor(() => expect(calls("Drafts.Edit")[0]!.args[1]).toEqual([{ row: "row-0", column: "model", value: "X4-Q" }]));
  });

  it("keeps the value when the list was opened and left unanswered", async () => {
    await open();
    press("ArrowRight");
    press("ArrowDown", { altKey: true });
    expect(screen.getByRole("listbox", { name: "Model" })).toBeInTheDocument();
    press("Enter");
    expect(calls("Drafts.Edit")).toEqual([]);
  });

  it("never ends an edit with the Enter of an input method", async () => {
    await open();
    press("F2");
    type("矿机");
    press("Enter", { isComposing: true });
    press("Enter", { keyCode: 229 });
    expect(sink().dataset.editing).toBe("true");
    expect(calls("Drafts.Edit")).toEqual([]);
  });

  it("fills down as one change", async () => {
    await open();
    press("ArrowRight");
    press("ArrowDown", { shiftKey: true });
    press("ArrowDown", { shiftKey: true });
    press("d", { ctrlKey: true, code: "KeyD" });
    expect(calls("Drafts.Edit")).toHaveLength(1);
    const [, edits] = calls("Drafts.Edit")[0]!.args as [string, { value: string }[]];
    expect(edits.map((edit) => edit.value)).toEqual(["X16-Q Pro", "X16-Q Pro"]);
  });

  it("pastes a table at the empty line as an import, elsewhere into the cells", async () => {
    await open();
    fireEvent.paste(sink(), { clipboardData: { getData: () => "AAA111\tX4-Q\nBBB222\tX4-Q" } });
    await waitFor(() => expect(calls("Drafts.Paste")[0]!.args.slice(1, 3)).toEqual([0, "serial"]));
    press("End", { ctrlKey: true });
    press("Home");
    fireEvent.paste(sink(), { clipboardData: { getData: () => "AAA333\tX4-Q\nBBB444\tX4-Q" } });
    await waitFor(() => expect(calls("Drafts.Paste")[1]!.args.slice(1, 3)).toEqual([-1, ""]));
    expect(await screen.findByText("2 rows added")).toBeInTheDocument();
  });

  it("copies the selection as a spreadsheet reads it", async () => {
    await open();
    press("ArrowDown", { shiftKey: true });
    press("ArrowRight", { shiftKey: true });
    const setData = vi.fn();
    fireEvent.copy(sink(), { clipboardData: { setData } });
    expect(setData).toHaveBeenCalledWith("text/plain", "JYZZ21AGO00B1\tX16-Q Pro\nJYZZ21AGO01B1\tX16-Q");
  });

  it("deletes and inserts rows", async () => {
    await open();
    press("-", { ctrlKey: true, code: "Minus" });
    await waitFor(() => expect(calls("Drafts.DeleteRows")[0]!.args[1]).toEqual(["row-0"]));
    press("+", { ctrlKey: true, shiftKey: true, code: "Equal" });
    await waitFor(() => expect(calls("Drafts.InsertRows")[0]!.args).toEqual(["draft-1", 0, 1]));
  });

  it("asks Go for pages, never for everything", async () => {
    await open({ rows: 10_000 });
    const asked = calls("Drafts.Rows").map((one) => one.args[2] as number);
    expect(Math.max(...asked)).toBeLessThanOrEqual(200);
    expect(document.querySelectorAll(".grid-row").length).toBeLessThan(60);
    expect(screen.getByRole("grid")).toHaveAttribute("aria-rowcount", "10002");
  });
});

describe("sending", () => {
  const ctrlEnter = () => act(() => window.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", ctrlKey: true, cancelable: true })));

  it("is not possible while something must be mended, and says what", async () => {
    await open();
    ctrlEnter();
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("1 thing must be mended first")).toBeInTheDocument();
    expect(within(dialog).getByRole("button", { name: /Send order/ })).toBeDisabled();
  });

  it("goes on to the next one by one chord", async () => {
    await open({ rows: 3 });
    act(() => window.dispatchEvent(new KeyboardEvent("keydown", { key: "N", code: "KeyN", ctrlKey: true, shiftKey: true, cancelable: true })));
    fireEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /Send and start the next one/ }));
    await waitFor(() => expect(next).toHaveBeenCalledTimes(1));
    expect(calls("Drafts.Send")).toHaveLength(1);
  });

  it("is held for a while, and Undo takes it back", async () => {
    await open({ rows: 3 });
    ctrlEnter();
    fireEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /Send order/ }));
    await screen.findByText("3 devices are about to be sent.");
    expect(calls("Drafts.Send")).toHaveLength(1);
    fireEvent.click(screen.getByRole("button", { name: /Undo/ }));
    await waitFor(() => expect(calls("Drafts.CancelSend")).toHaveLength(1));
  });
});

describe("a slow change", () => {
  it("says that it is under way, and when it is over", async () => {
    await open();
    const methods = fake.bound["Drafts"]! as Record<string, (...args: unknown[]) => unknown>;
    for (const [method, key, said] of [["Edit", "d", /Saving 2 rows/], ["Undo", "z", /One moment/]] as const) {
      const quick = methods[method]!;
      let answer = () => {};
      methods[method] = (...args) => new Promise((done) => (answer = () => done(quick(...args))));
      if (method === "Edit") {
        press("ArrowRight");
        press("ArrowDown", { shiftKey: true });
        press("ArrowDown", { shiftKey: true });
        press(key, { ctrlKey: true, code: "KeyD" });
      } else {
        act(() => window.dispatchEvent(new KeyboardEvent("keydown", { key, code: "KeyZ", ctrlKey: true, cancelable: true })));
      }
      expect(await screen.findByText(said)).toBeInTheDocument();
      answer();
      await waitFor(() => expect(screen.queryByText(said)).toBeNull());
    }
  });
});
