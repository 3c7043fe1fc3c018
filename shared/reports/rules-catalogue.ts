/** The rule catalogue for machines, for a wiki and for a terminal. */
import type { RuleInfo } from "../rules/rule";
import { markdownTable, markdownText as text } from "./markdown";

/** What `rules --format json` prints; field order fixed. */
export interface RulesReport {
  readonly rules: readonly RuleInfo[];
}

export function rulesJson(rules: readonly RuleInfo[]): RulesReport {
  return {
    rules: rules.map(({ id, title, severity, threat, condition, fix, commands, references, caveats }) => ({
      id, title, severity, threat, condition, fix,
      commands: commands.map((command) => ({ platform: command.platform, text: command.text })),
      references: [...references], caveats,
    })),
  };
}

/** A table of all rules, then a section for each, with an anchor such as `#net-001`. */
export function rulesMarkdown(rules: readonly RuleInfo[]): string {
  const overview = markdownTable(["Rule", "Severity", "What it finds"], rules.map(({ id, severity, title }) => [`[${id}](#${id.toLowerCase()})`, severity, text(title)]));
  return `${["# Rules", overview, ...rules.map(section)].join("\n\n")}\n`;
}

function section({ id, title, severity, threat, condition, fix, commands, references, caveats }: RuleInfo): string {
  const parts = [
    `## ${id}`,
    `**${text(title)}** (${severity})`,
    text(threat),
    `**Fires when.** ${text(condition)}`,
    `**Fix.** ${text(fix)}`,
    commands.length > 0 ? commands.map((command) => `- ${text(command.platform)}: ${code(command.text)}`).join("\n") : NO_COMMAND,
    ...(caveats === "" ? [] : [`**Caveats.** ${text(caveats)}`]),
    ...(references.length > 0 ? [`**References.** ${references.map(text).join("; ")}`] : []),
  ];
  return parts.join("\n\n");
}

/** Only syntax that was checked against documentation is shown. */
const NO_COMMAND = "No checked command.";

/** Inline code whose fence is longer than any run of backticks inside. */
function code(command: string): string {
  const longest = Math.max(0, ...[...command.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${command}${fence}` : `${fence} ${command} ${fence}`;
}

const WIDTH = 100;

/** One rule for a terminal, wrapped at 100 columns; commands stay on one line, so that they can be copied. */
export function ruleText(rule: RuleInfo): string {
  const block = (label: string, body: string): string[] => (body === "" ? [] : ["", label, ...wrap(body)]);
  return `${[
    `${rule.id}  ${rule.severity}  ${rule.title}`,
    "", ...wrap(rule.threat),
    ...block("Fires when", rule.condition),
    ...block("Fix", rule.fix),
    ...(rule.commands.length > 0 ? rule.commands.map(({ platform, text: command }) => `  ${platform}: ${command}`) : [`  ${NO_COMMAND}`]),
    ...block("Caveats", rule.caveats),
    ...(rule.references.length > 0 ? ["", "References", ...rule.references.flatMap((reference) => wrap(reference))] : []),
  ].join("\n")}\n`;
}

function wrap(body: string): string[] {
  const lines: string[] = [];
  let line = " ";
  for (const word of body.split(" ")) {
    if (line.length + word.length + 1 > WIDTH && line.trim() !== "") {
      lines.push(line);
      line = " ";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
