import { expect, it } from "vitest";
import { coverageMarkdown } from "./coverage-markdown";

it("links rules and says where there is none", () => {
  const page = coverageMarkdown([{ title: "A | B", topics: [{ topic: "Clipboard", rules: ["VM-001", "INT-001"] }, { topic: "Lockdown", rules: [], note: "recorded" }] }]);
  expect(page).toContain("## A \\| B\n\n| Topic | Rules | Besides |");
  expect(page).toContain("| Clipboard | [VM-001](rules.md#vm-001), [INT-001](rules.md#int-001) |  |");
  expect(page).toContain("| Lockdown | none | recorded |");
});
