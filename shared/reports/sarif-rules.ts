/** The rules in SARIF, as code scanning shows them. Limits: GitHub, "SARIF support for code scanning". */
import type { Severity } from "../analysis/result";
import type { RuleInfo } from "../rules/rule";
import { markdownText } from "./markdown";
import { plain } from "./plain";

export const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = { critical: "error", high: "error", medium: "warning", low: "note", info: "note" };
/** GitHub's `security-severity`: critical over 9.0, high over 7.0, medium over 4.0, low over 0.0. */
const SCORES: Readonly<Partial<Record<Severity, string>>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0" };
const MOST_NAME = 255, MOST_DESCRIPTION = 1024;

export function reportingDescriptor(rule: RuleInfo): object {
  const { id, title, threat, severity } = rule, score = SCORES[severity];
  return {
    id, name: cut(nameOf(title), MOST_NAME),
    shortDescription: { text: cut(title, MOST_DESCRIPTION) }, fullDescription: { text: cut(threat, MOST_DESCRIPTION) },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { ...(score === undefined ? {} : { "security-severity": score }), precision: "very-high", tags: ["security", "network-isolation"] },
  };
}

function helpText({ condition, fix, commands, references }: RuleInfo): string {
  return [
    `Fires when: ${condition}`, `Fix: ${fix}`, ...(commands.length === 0 ? [] : [commands.map(({ platform, text }) => `${platform}: ${text}`).join("\n")]),
    ...(references.length === 0 ? [] : [`References: ${references.join("; ")}`]),
  ].join("\n\n");
}

function helpMarkdown({ threat, condition, fix, commands, references }: RuleInfo): string {
  return [
    markdownText(threat), `**Fires when.** ${markdownText(condition)}`, `**Fix.** ${markdownText(fix)}`,
    ...commands.map(({ platform, text }) => `${markdownText(platform)}:\n\n${plainLines(text).map((line) => `    ${line}`).join("\n")}`),
    ...(references.length === 0 ? [] : [references.map((reference) => `- ${markdownText(reference)}`).join("\n")]),
  ].join("\n\n");
}

function plainLines(text: string): string[] {
  return text.split("\n").map(plain);
}

/** `Tenants share one layer-2 segment` as `TenantsShareOneLayer2Segment` (SARIF 3.49.7 wants an identifier). */
function nameOf(title: string): string {
  return title.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
