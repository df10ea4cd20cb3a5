import { screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, payment, paySheet } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { PayPage } from "./components/pay-page";
import { inFours } from "./components/payee-card";

let fake: Fake;
function open(sheet = paySheet()) {
  fake = fakeBridge();
  answer(fake, "Payments", { Sheet: sheet, TrustPayee: { ...sheet, payee_changed: false }, PageCode: { size: 21, path: "M0 0h1v1h-1z" } });
  answer(fake, "Orders", { Do: {} });
  return show(<PayPage order="order-1" />);
}

describe("paying", () => {
  it("names amount, reference and payee, each to be copied", async () => {
    open();
    for (const name of ["Amount", "Reference", "Payee", "Account", "Bank"])
      expect(await screen.findByRole("button", { name: `Copy: ${name}` })).toBeVisible();
    expect(screen.getByText("DE00 1234 1234 1234")).toBeVisible();
  });

  it("a changed payee stops the voucher until a person has asked", async () => {
    const { person } = open(paySheet({ payee_changed: true }));
    const alarm = await screen.findByRole("alert");
    expect(alarm).toHaveTextContent("The payee is not the one you paid last time.");
    expect(screen.getByRole("button", { name: /send the voucher/ })).toBeDisabled();
    expect(screen.queryByRole("button", { name: /^Copy/ })).not.toBeInTheDocument();
    await person.click(within(alarm).getByRole("button", { name: "I have asked: this payee is right" }));
    expect(await screen.findByRole("button", { name: "Copy: Account" })).toBeVisible();
  });

  it("R39 sends no voucher without a proof, and says when the clock begins", async () => {
    open();
    expect(await screen.findByRole("button", { name: /send the voucher/ })).toBeDisabled();
    expect(screen.getByText("The five working days begin when the voucher is sent.")).toBeVisible();
  });

  it("sends a rejected payment again under its own id", async () => {
    const usdt = paySheet({ payments: [payment({ status: "rejected", reason: "unreadable" })] });
    usdt.due[0]!.payees[0]!.method = "usdt_trc20";
    const { person } = open(usdt);
    expect(await screen.findByText("Reason: unreadable")).toBeVisible();
    await person.type(screen.getByLabelText("Transaction id"), "abc123");
    await person.click(screen.getByRole("button", { name: /send the voucher/ }));
    await person.click(within(await screen.findByRole("dialog")).getByRole("button", { name: /Send the voucher/ }));
    await screen.findByText("Your voucher is on its way to the centre.");
    const sent = fake.calls.find((call) => call.method === "Orders.Do")!.args[0];
    expect(sent).toMatchObject({ kind: "send_voucher", payment: { id: "payment-1", quotes: ["quote-1"], tx_id: "abc123" } });
  });

  it("R35 asks for what is missing, and sends its voucher for the same payment", async () => {
    const sheet = paySheet({ payments: [payment({ status: "underpaid", received: { amount: 10000, currency: "USD" } })] });
    Object.assign(sheet.due[0]!, { amount: { amount: 7600, currency: "USD" }, arrived: { amount: 10000, currency: "USD" }, payment: "payment-1" });
    sheet.due[0]!.payees[0]!.method = "usdt_trc20";
    const { person } = open(sheet);
    expect(await screen.findByText(/Send the rest with the same/)).toHaveTextContent("100.00");
    await person.type(screen.getByLabelText("Transaction id"), "abc123");
    await person.click(screen.getByRole("button", { name: /send the voucher/ }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("76.00");
    await person.click(within(dialog).getByRole("button", { name: /Send the voucher/ }));
    await screen.findByText("Your voucher is on its way to the centre.");
    const sent = fake.calls.find((call) => call.method === "Orders.Do")!.args[0];
    expect(sent).toMatchObject({ payment: { id: "payment-1", amount: { amount: 17600, currency: "USD" } } });
  });

  it("shows what was given back, and why", async () => {
    const refunds = [{ amount: { amount: 17600, currency: "USD" }, reason: "paid twice", tx_id: "back-7", at: "2026-03-04T01:00:00Z", by: "Dai" }];
    open(paySheet({ due: [], payments: [payment({ status: "refunded", received: { amount: 17600, currency: "USD" }, refunds })] }));
    expect(await screen.findByText("paid twice")).toBeVisible();
    expect(screen.getByText("back-7")).toBeVisible();
  });

  const page = (status: string, more = {}) =>
    payment({
      status,
      method: "crypto_checkout",
      checkout: {
        invoice: "Inv1", link: "https://pay.example/i/Inv1", amount: { amount: 17600, currency: "USD" }, status: "open",
        expires_at: new Date(Date.now() + 600_000).toISOString(), watched_until: "", arrived: { amount: 0, currency: "USD" },
      } as never, // prettier-ignore
      ...more,
    });

  it("asks for a payment page only where the centre has one", async () => {
    open();
    await screen.findByRole("button", { name: /send the voucher/ });
    expect(screen.queryByRole("button", { name: /payment page/ })).not.toBeInTheDocument();
  });

  it("asks for a payment page for the whole amount", async () => {
    const { person } = open(paySheet({ checkout: true }));
    await person.click(await screen.findByRole("button", { name: "Ask for a payment page" }));
    const sent = fake.calls.find((call) => call.method === "Orders.Do")!.args[0];
    expect(sent).toMatchObject({
      kind: "choose_payment",
      payment: { method: "crypto_checkout", quotes: ["quote-1"], amount: { amount: 17600, currency: "USD" } },
    });
  });

  it("opens the payment page outside, and shows its code and the time that is left", async () => {
    const outside = vi.fn();
    const { person } = open(paySheet({ due: [], payments: [page("waiting")], checkout: true }));
    window.runtime = { ...window.runtime, BrowserOpenURL: outside };
    expect(await screen.findByRole("timer")).toHaveTextContent(/^(10:00|9:5\d)$/);
    expect(await screen.findByRole("img", { name: "Code of the payment page, for a phone" })).toBeVisible();
    await person.click(screen.getByRole("button", { name: "Open the payment page" }));
    expect(outside).toHaveBeenCalledWith("https://pay.example/i/Inv1");
  });

  it("asks for an expired page again under the same payment", async () => {
    const { person } = open(paySheet({ payments: [page("expired")], checkout: true }));
    expect(await screen.findByText(/do not pay on it any more/)).toBeVisible();
    await person.click(screen.getByRole("button", { name: "Ask for a new payment page" }));
    const sent = fake.calls.find((call) => call.method === "Orders.Do")!.args[0];
    expect(sent).toMatchObject({ kind: "choose_payment", payment: { id: "payment-1" } });
  });

  it.each([
    ["method_chosen", /is preparing the payment page/],
    ["seen", /Do not pay again/],
    ["late", /Nothing is lost: the office looks at it/],
    ["underpaid", /Less than the amount arrived/],
    ["under_review", /did not confirm it/],
  ])("says what %s means", async (status, words) => {
    open(paySheet({ due: [], payments: [page(status)], checkout: true }));
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Open the payment page" })).not.toBeInTheDocument();
  });

  it("says what is wrong with the payment server", async () => {
    open(paySheet({ due: [], payments: [page("method_chosen", { checkout: undefined, checkout_trouble: "checkout.unreachable" })], checkout: true }));
    expect(await screen.findByText("The payment server does not answer. It is asked again by itself.")).toBeVisible();
  });

  it("says that nothing is owed", async () => {
    open(paySheet({ due: [] }));
    expect(await screen.findByRole("heading", { name: "Nothing to pay" })).toBeVisible();
  });
});

it("keeps an account's own groups", () => {
  expect(inFours("PRACTICE-000000")).toBe("PRACTICE-000000");
  expect(inFours("6222 0200 0000 1234")).toBe("6222 0200 0000 1234");
});
