import { expect, it } from "vitest";
import { RULES } from "../rules/index";
import type { RuleInfo } from "../rules/rule";
import { ruleText, rulesJson, rulesMarkdown } from "./rules-catalogue";

const RULE: RuleInfo = {
  id: "NET-001", title: "A <b> title", severity: "high", threat: "Bad_things", condition: "It is so. ".repeat(20).trim(), fix: "Mend it.",
  commands: [{ platform: "esxi", text: "esxcli `x` --a=1" }], references: ["ISO 1"], caveats: "",
};

it("gives the fields in the published order and nothing else", () => {
  expect(Object.keys(rulesJson(RULES).rules[0] ?? {})).toEqual(["id", "title", "severity", "threat", "condition", "fix", "commands", "references", "caveats"]);
  expect(rulesJson(RULES).rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  expect(JSON.stringify(rulesJson([RULE]))).toContain('"commands":[{"platform":"esxi","text":"esxcli `x` --a=1"}]');
});

it("writes Markdown in which nothing of a rule is markup", () => {
  const page = rulesMarkdown([RULE]);
  expect(page).toContain("| [NET-001](#net-001) | high | A \\<b\\> title |");
  expect(page).toContain("## NET-001\n\n**A \\<b\\> title** (high)\n\nBad\\_things");
  expect(page).toContain("- esxi: `` esxcli `x` --a=1 ``");
  expect(page).not.toContain("Caveats");
});

it("says where no command was checked", () => {
  expect(rulesMarkdown([{ ...RULE, commands: [] }])).toContain("**Fix.** Mend it.\n\nNo checked command.\n");
  expect(ruleText({ ...RULE, commands: [] })).toContain("  No checked command.\n");
});

it("wraps text for a terminal and leaves commands whole", () => {
  const page = ruleText(RULE);
  expect(page.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(page).toContain("  esxi: esxcli `x` --a=1\n");
  expect(page.startsWith("NET-001  high  A <b> title\n")).toBe(true);
});
