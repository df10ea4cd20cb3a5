import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { fakeBridge } from "@/shared/testing/fake-bridge";
import { answer } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { CentreSettings } from "./components/about-settings";
import { MailboxSettings } from "./components/mailbox-settings";

it.each([["file", 1], ["keychain", 0], ["", 0]])("says where the key to the centre is kept: %s", async (secrets, told) => {
  fakeBridge();
  show(<CentreSettings account="" url="https://repair.example" leave={null} fingerprint={null} secrets={secrets} />);
  await screen.findByText("https://repair.example");
  expect(screen.queryAllByText(/No keychain answers/)).toHaveLength(told);
});

it("R37 the account says where and whether the centre writes", async () => {
  const fake = fakeBridge();
  answer(fake, "Settings", { Mailbox: { email: "", language: "en", reminders: true, waiting: false, letters: true, languages: ["en", "zh-CN", "ru", "es"] } });
  answer(fake, "Orders", { Do: {} });
  const { person } = show(<MailboxSettings />);
  expect(await screen.findByText(/the centre writes to the contact/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Tell the centre" })).toBeDisabled();
  await person.type(await screen.findByLabelText("E-mail of the account"), "office@farm.example");
  await person.click(screen.getByRole("switch", { name: "Reminders by e-mail" }));
  await person.click(screen.getByRole("button", { name: "Tell the centre" }));
  await screen.findByText("Your change is on its way to the centre.");
  expect(fake.calls.find((call) => call.method === "Orders.Do")!.args[0]).toEqual({
    kind: "set_mailbox",
    mailbox: { email: "office@farm.example", language: "en", reminders: false },
  });
});

it("R37 promises no letters of a centre that sends none, and shows in which language it would", async () => {
  const fake = fakeBridge();
  answer(fake, "Settings", { Mailbox: { email: "", language: "ru", reminders: true, waiting: false, letters: false, languages: ["en", "ru"] } });
  show(<MailboxSettings />);
  expect(await screen.findByText(/This centre sends no letters/)).toBeVisible();
  expect(screen.queryByText(/the centre writes to the contact/)).not.toBeInTheDocument();
  expect(screen.getByRole("combobox", { name: "Language of letters" })).toHaveValue("Русский");
  expect(screen.getByRole("button", { name: "Tell the centre" })).toBeDisabled();
});
