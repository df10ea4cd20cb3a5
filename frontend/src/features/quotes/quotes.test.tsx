import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, quote, quoteRow, refusal, usd, workOrder } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { OpenQuotes } from "./components/open-quotes";
import { QuoteReview } from "./components/quote-review";

let fake: Fake;
const summary = { accepting: [usd(8600)], accepted: 1, declined: 1, undecided: 0, findings: [] };
const scrap = quoteRow(2, { quote: quote(2, { class: "scrap", total: usd(31000) }), declinable: true, rule: "R31" });

function open(rows = [quoteRow(1), scrap]) {
  fake = fakeBridge();
  const review = { order: workOrder(), rows, open: rows.length, total_all: [usd(39600)] };
  answer(fake, "Quotes", { Review: review, Weigh: summary, Decide: review });
  return show(<QuoteReview order="order-1" />);
}
const answers = async (serial: string) => within(await screen.findByRole("radiogroup", { name: `Answer for ${serial}` }));
const sent = () => fake.calls.find((call) => call.method === "Quotes.Decide")?.args[0];

describe("answering quotes", () => {
  it("R32 a normal quote has no decline, and says whom to ask", async () => {
    open();
    const normal = await answers("JM24X71001");
    expect(normal.getAllByRole("radio").map((radio) => radio.parentElement!.textContent)).toEqual(["Not yet", "Accept"]);
    const row = screen.getByRole("article", { name: "JM24X71001" });
    expect(row).toHaveTextContent("A normal quote cannot be declined.");
    expect(within(row).getByRole("link", { name: "Contact the office" })).toHaveAttribute("href", "/orders/order-1/messages");
  });

  it("R31 a scrap quote may be declined, and says what follows", async () => {
    open();
    expect((await answers("JM24X71002")).getByRole("radio", { name: "Decline" })).toBeEnabled();
    expect(screen.getByRole("article", { name: "JM24X71002" })).toHaveTextContent("Declined, it comes home unrepaired.");
  });

  it("R33 sends each device's own answer, after naming the money", async () => {
    const { person } = open();
    await person.click((await answers("JM24X71001")).getByRole("radio", { name: "Accept" }));
    await person.click((await answers("JM24X71002")).getByRole("radio", { name: "Decline" }));
    await person.click(screen.getByRole("button", { name: /Send answers/ }));
    const sheet = within(await screen.findByRole("dialog"));
    expect(await sheet.findByText(/Accept 1 quote for/)).toHaveTextContent("USD 86.00");
    expect(sheet.getByText(/comes home unrepaired/)).toBeVisible();
    await person.click(sheet.getByRole("button", { name: /Send answers/ }));
    await screen.findByText("Your answers are on their way to the centre.");
    expect(sent()).toEqual({ order: "order-1", accept: ["quote-1"], decline: ["quote-2"] });
  });

  it("sends nothing before there is an answer", async () => {
    open();
    await answers("JM24X71001");
    expect(screen.getByRole("button", { name: /Send answers/ })).toBeDisabled();
  });

  it("Space walks the answers of the row that has the focus", async () => {
    const { person } = open();
    (await screen.findByRole("article", { name: "JM24X71002" })).focus();
    await person.keyboard("  ");
    expect((await answers("JM24X71002")).getByRole("radio", { name: "Decline" })).toBeChecked();
  });

  it("a quote that changed meanwhile is refused in words and the answers stay", async () => {
    const { person } = open();
    answer(fake, "Quotes", { Decide: () => refusal("order.changed") });
    await person.click((await answers("JM24X71001")).getByRole("radio", { name: "Accept" }));
    await person.click(screen.getByRole("button", { name: /Send answers/ }));
    const sheet = within(await screen.findByRole("dialog"));
    await sheet.findByText(/Accept 1 quote for/);
    await person.click(sheet.getByRole("button", { name: /Send answers/ }));
    expect(await sheet.findByText(/The centre has changed this work order/)).toBeVisible();
    expect(screen.getByText("Now chosen:")).toBeInTheDocument();
  });
});

it("says that there is nothing to answer", async () => {
  fake = fakeBridge();
  answer(fake, "Quotes", { Open: [] });
  show(<OpenQuotes />);
  expect(await screen.findByRole("heading", { name: "No quotes to answer" })).toBeVisible();
});
