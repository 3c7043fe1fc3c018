import type { Chapter, Topic } from "../rules/coverage";
import { markdownTable, markdownText as text } from "./markdown";

/** A page that says which rules check which line of the subject; rules link to the catalogue beside it. */
export function coverageMarkdown(chapters: readonly Chapter[]): string {
  const parts = chapters.flatMap(({ title, topics }) => [
    `## ${text(title)}`,
    markdownTable(["Lines", "What they say", "Rules", "Besides"], topics.map((topic) => [topic.lines ?? "", text(topic.topic), rulesOf(topic), text(topic.note ?? "")])),
  ]);
  return `${[
    "# What is checked",
    "Every line of the subject, `virtualization-security.txt`, in our words, and the rules that check what it says.",
    ...parts,
  ].join("\n\n")}\n`;
}

function rulesOf({ rules, families = [] }: Topic): string {
  const links = [...families.map((family) => `[all ${family} rules](rules.md)`), ...rules.map((id) => `[${id}](rules.md#${id.toLowerCase()})`)];
  return links.length === 0 ? "none" : links.join(", ");
}
