import { screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { fakeBridge } from "@/shared/testing/fake-bridge";
import { show } from "@/shared/testing/show";

import { CentreSettings } from "./components/about-settings";

it.each([["file", 1], ["keychain", 0], ["", 0]])("says where the key to the centre is kept: %s", async (secrets, told) => {
  fakeBridge();
  show(<CentreSettings account="" url="https://repair.example" leave={null} fingerprint={null} secrets={secrets} />);
  await screen.findByText("https://repair.example");
  expect(screen.queryAllByText(/No keychain answers/)).toHaveLength(told);
});
