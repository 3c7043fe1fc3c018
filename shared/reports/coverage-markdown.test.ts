import { expect, it } from "vitest";
import { coverageMarkdown } from "./coverage-markdown";

it("links rules and families, gives their lines, and says where there is none", () => {
  const page = coverageMarkdown([{ title: "A | B", topics: [
    { topic: "Clipboard", lines: "42", rules: ["VM-001", "INT-001"] }, { topic: "Networks", lines: "5-6", rules: [], families: ["NET"] }, { topic: "Lockdown", rules: [], note: "recorded" },
  ] }]);
  expect(page).toContain("## A \\| B\n\n| Lines | What they say | Rules | Besides |");
  expect(page).toContain("| 42 | Clipboard | [VM-001](rules.md#vm-001), [INT-001](rules.md#int-001) |  |");
  expect(page).toContain("| 5-6 | Networks | [all NET rules](rules.md) |  |");
  expect(page).toContain("|  | Lockdown | none | recorded |");
});
