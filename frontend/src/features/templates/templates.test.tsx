import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";

import { type Fake, fakeBridge } from "@/shared/testing/fake-bridge";
import { answer, refusal } from "@/shared/testing/fake-work";
import { show } from "@/shared/testing/show";

import { TemplateEditor } from "./components/template-editor";
import { TemplateList } from "./components/template-list";

let fake: Fake;
const row = { id: "my-label", name: "Mine", name_zh: "我的", width: 60, height: 40, pages: false, own: true, problem: null };
const preview = { job: "j", pages: 1, page_url: "/local/labels/j/{n}.svg", pdf_url: "", draft: false, draft_why: "", findings: [], again: 0 };

function answers() {
  fake = fakeBridge();
  answer(fake, "Templates", {
    List: [row, { ...row, id: "shipped", own: false }], Source: '{"id": "my-label"}', Copy: [row], Save: [row],
    Preview: (source: string) => (source.includes("wrong") ? refusal("label.template_invalid", "invalid") : preview),
  }); // prettier-ignore
}
const called = (method: string) => fake.calls.filter((call) => call.method === `Templates.${method}`).at(-1)?.args;

it("a shop copies a template under a name of its own", async () => {
  answers();
  const { person, history } = show(<TemplateList />);
  await person.click(await screen.findByRole("button", { name: "Copy and change: shipped" }));
  await person.click(await screen.findByRole("button", { name: /Copy the template/ }));
  await waitFor(() => expect(called("Copy")).toEqual(["shipped", "my-shipped"]));
  await waitFor(() => expect(history.at(-1)).toBe("/templates/my-shipped"));
});

it("a mistake is told beside the preview, and is not saved", async () => {
  answers();
  const { person } = show(<TemplateEditor id="my-label" />);
  expect(await screen.findByRole("img", { name: "Page 1" })).toHaveAttribute("src", "/local/labels/j/1.svg");
  const source = screen.getByRole("textbox", { name: "Source of my-label" });
  fireEvent.change(source, { target: { value: '{"id": "my-label", "wrong": 1}' } });
  expect(await screen.findByText(/is not right/)).toBeVisible();
  expect(screen.getByRole("button", { name: /Save the template/ })).toBeDisabled();
  fireEvent.change(source, { target: { value: '{"id": "my-label", "width": 61}' } });
  await waitFor(() => expect(screen.getByRole("button", { name: /Save the template/ })).toBeEnabled());
  await person.click(screen.getByRole("button", { name: /Save the template/ }));
  await waitFor(() => expect(called("Save")).toEqual(["my-label", '{"id": "my-label", "width": 61}']));
});

it("a shipped template is read, not written", async () => {
  answers();
  show(<TemplateEditor id="shipped" />);
  expect(await screen.findByText(/Copy it to change it/)).toBeVisible();
  expect(screen.getByRole("textbox", { name: "Source of shipped" })).toHaveAttribute("readonly");
});
