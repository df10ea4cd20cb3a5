import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { AppError } from "@/shared/bridge/errors";
import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { ConnectForm } from "./components/connect-form";
import { PinnedFingerprint } from "./components/fingerprint";

const pin = "3F2A 91C0";
const found = { url: "https://repair.example", server_id: "s", name: "Ridge repairs", name_zh: "山脊维修", practice: false, open: false, fingerprint: "" };

let fake: Fake;
let trusted = "";

/** A centre that proves itself only to whoever has compared its fingerprint. */
function centre(code: string, more: Partial<typeof found> = {}) {
  fake = fakeBridge();
  trusted = "";
  answer(fake, "Start", {
    Probe: () => {
      if (trusted === "") throw new AppError("offline", code, { fingerprint: pin });
      return { ...found, fingerprint: trusted, ...more };
    },
    Trust: (_url: string, fingerprint: string) => {
      trusted = fingerprint;
    },
  });
}

describe("a centre with a certificate of its own", () => {
  it("is trusted only after a person has compared the fingerprint", async () => {
    centre("centre.untrusted");
    const { person } = show(<ConnectForm onBack={() => undefined} />);
    await person.type(screen.getByRole("textbox", { name: /Address of the centre/ }), "repair.example");
    await person.click(screen.getByRole("button", { name: "Find the centre" }));
    expect(await screen.findByText(pin)).toBeVisible();
    expect(screen.queryByRole("textbox", { name: /Invite code/ })).toBeNull();
    await person.click(screen.getByRole("button", { name: /It is the same/ }));
    expect(await screen.findByRole("textbox", { name: /Invite code/ })).toBeVisible();
    expect(trusted).toBe(pin);
    expect(screen.getByText("Ridge repairs")).toBeVisible();
  });

  it("says what is wrong when it shows another key later", async () => {
    centre("centre.fingerprint_changed");
    const { person } = show(<PinnedFingerprint url="https://repair.example" fingerprint="0000 0000" />);
    await person.click(screen.getByRole("button", { name: "Check it again" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("does not prove the key that you trusted");
    await person.click(screen.getByRole("button", { name: /It is the same/ }));
    expect(trusted).toBe(pin);
  });
});

describe("a centre that lets strangers in", () => {
  it("makes an account for whoever has no invite", async () => {
    centre("centre.untrusted", { open: true });
    trusted = pin;
    const { person } = show(<ConnectForm onBack={() => undefined} />);
    await person.type(screen.getByRole("textbox", { name: /Address of the centre/ }), "repair.example");
    await person.click(screen.getByRole("button", { name: "Find the centre" }));
    await person.type(await screen.findByRole("textbox", { name: /name of your company/ }), "New farm");
    await person.type(screen.getByRole("textbox", { name: "E-mail for reminders" }), "post@farm.example");
    await person.click(screen.getByRole("button", { name: "Join the centre" }));
    const sent = fake.calls.find((call) => call.method === "Start.Connect")?.args[0];
    expect(sent).toMatchObject({ invite: "", account: "New farm", url: "https://repair.example", email: "post@farm.example", language: "en" });
  });
});

describe("a computer without a keychain", () => {
  it("is told of when a centre is joined", async () => {
    centre("centre.untrusted");
    trusted = pin;
    const joined = { ...fake.bound["Start"]!["Session"]!() as object, mode: "connected", secrets: "file" };
    answer(fake, "Start", { Connect: () => joined });
    const { person } = show(<ConnectForm onBack={() => undefined} />);
    await person.type(screen.getByRole("textbox", { name: /Address of the centre/ }), "repair.example");
    await person.click(screen.getByRole("button", { name: "Find the centre" }));
    await person.type(await screen.findByRole("textbox", { name: /Invite code/ }), "AAAA-BBBB");
    await person.click(screen.getByRole("button", { name: "Join the centre" }));
    expect(await screen.findByText(/kept in a file/)).toBeInTheDocument();
  });
});
