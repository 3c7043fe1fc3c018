import type { Command } from "commander";
import { ruleText, rulesJson, rulesMarkdown } from "../../shared/reports/rules-catalogue";
import { RULES } from "../../shared/rules/index";
import type { IsolationRule } from "../../shared/rules/rule";
import { readRules, withRules, type RulesOptions } from "../custom-rules";
import { EXIT, InputError } from "../failure";
import { writeOutput } from "../files";
import { choice } from "../options";

export function registerRules(program: Command, done: (status: number) => void): void {
  withRules(program.command("rules").description("the rule catalogue: what, why, how to fix, standards"))
    .argument("[id]", "one rule, such as NET-001")
    .option("--format <format>", "text, json or md", choice(["text", "json", "md"]), "text")
    .option("-o, --output <file>", "write to a file; - is standard output")
    .action(async (id: string | undefined, options: RulesOptions & { format: string; output?: string }) => {
      const all = [...RULES, ...(await readRules(options.rules))];
      const rules = all.filter((rule) => id === undefined || rule.id === id.toUpperCase());
      if (rules.length === 0) throw new InputError([`rules: "${(id ?? "").slice(0, 80)}" is no rule; bulkhead rules lists all ${all.length}`]);
      writeOutput(options.output ?? "-", render(options.format, rules, id !== undefined));
      done(EXIT.clean);
    });
}

function render(format: string, rules: readonly IsolationRule[], whole: boolean): string {
  if (format === "json") return `${JSON.stringify(rulesJson(rules), null, 2)}\n`;
  if (format === "md") return rulesMarkdown(rules);
  if (whole) return rules.map(ruleText).join("\n");
  return rules.map((rule) => `${rule.id}  ${rule.severity.padEnd(8)}  ${rule.title}\n`).join("");
}
