import type { Chapter } from "../rules/coverage";
import { markdownTable, markdownText as text } from "./markdown";

/** A page that says which rules check which topic; rules link to the catalogue beside it. */
export function coverageMarkdown(chapters: readonly Chapter[]): string {
  const link = (id: string): string => `[${id}](rules.md#${id.toLowerCase()})`;
  const parts = chapters.flatMap(({ title, topics }) => [
    `## ${text(title)}`,
    markdownTable(["Topic", "Rules", "Besides"], topics.map(({ topic, rules, note = "" }) => [text(topic), rules.length === 0 ? "none" : rules.map(link).join(", "), text(note)])),
  ]);
  return `${[
    "# What is checked",
    "Which rules check which topic of virtualization security. Where there is no rule, the last column says what the document records, so that it can be drawn, reported and compared, but not judged.",
    ...parts,
  ].join("\n\n")}\n`;
}
