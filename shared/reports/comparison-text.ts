import type { Comparison } from "../analysis/compare";
import { comparisonSections, type ChangeLine, type ChangeSection } from "./comparison-lines";
import { markdownTable, markdownText } from "./markdown";
import { noPaint, type Paint } from "./paint";
import { plain } from "./plain";

/** The names of the two documents, as the reader knows them. */
export interface Compared {
  readonly before: string;
  readonly after: string;
}

/** What changed, for a person at a terminal. */
export function comparisonText(comparison: Comparison, { before, after }: Compared, paint: Paint = noPaint): string {
  const head = `${paint.bold(`${plain(before)} → ${plain(after)}`)}  ${paint.dim(`${comparison.today} · ${comparison.assume} guests`)}`;
  return `${[head, ...comparisonSections(comparison).flatMap((section) => textSection(section, paint))].join("\n")}\n`;
}

function textSection({ title, head, lines, more }: ChangeSection, paint: Paint): string[] {
  return ["", `${paint.bold(title.padEnd(10))}${head}`, ...lines.map((line) => textLine(line, paint)), ...(more > 0 ? [`  … and ${more} more, which --format json lists`] : [])];
}

function textLine({ sign, what, now, was, severity, bad }: ChangeLine, paint: Paint): string {
  const label = severity === undefined ? "" : paint.severity(severity, `${severity.toUpperCase().padEnd(8)} `);
  const words = [...(now === "" ? [] : [plain(now)]), ...(was === "" ? [] : [now === "" ? `was ${plain(was)}` : `(was ${plain(was)})`])].join(" ");
  const text = `  ${sign} ${label}${plain(what)}  ${words}`.trimEnd();
  return bad ? paint.bad(text) : sign === "-" ? paint.dim(text) : text;
}

/** GitHub takes 65,536 characters in a comment. */
const LONGEST_COMMENT = 60_000;
/** Lines of each kind that are tried, until the comment is short enough. */
const TRIED = [50, 20, 8, 3, 1] as const;

/** More rows than this are folded: whoever reviews sees at a glance what is said, and opens what is of interest. */
const MOST_OPEN = 12;

/** The same for a pull request: findings first, for they are few and say what the flows mean; never longer than a comment may be. */
export function comparisonMarkdown(comparison: Comparison, names: Compared): string {
  for (const most of TRIED) {
    const text = withLines(comparison, names, most);
    if (text.length <= LONGEST_COMMENT) return text;
  }
  return withLines(comparison, names, 0);
}

function withLines(comparison: Comparison, { before, after }: Compared, most: number): string {
  const head = `Compared with Bulkhead on ${comparison.today}, assuming ${comparison.assume} guests.`;
  const sections = [...comparisonSections(comparison, most)].sort((a, b) => Number(b.title === "Findings") - Number(a.title === "Findings"));
  return `${[`# ${markdownText(before)} → ${markdownText(after)}`, head, ...sections.map(markdownSection)].join("\n\n")}\n`;
}

function markdownSection({ title, head, lines, more }: ChangeSection): string {
  const rows = lines.map(({ sign, what, now, was, severity, bad }) => [sign, severity ?? "", markdownText(what), bad && now !== "" ? `**${markdownText(now)}**` : markdownText(now), markdownText(was)]);
  const columns = ["", "severity", ...COLUMNS[title], "was"];
  const wanted = columns.map((_, index) => index === 0 || rows.some((row) => row[index] !== ""));
  const kept = (cells: readonly string[]): string[] => cells.filter((_, index) => wanted[index]);
  const listed = [...(rows.length === 0 ? [] : [markdownTable(kept(columns), rows.map(kept))]), ...(more > 0 ? [`… and ${more} more, which \`--format json\` lists.`] : [])];
  const folded = rows.length > MOST_OPEN ? [`<details><summary>${rows.length} of them</summary>`, ...listed, "</details>"] : listed;
  return [`## ${title}: ${head}`, ...folded].join("\n\n");
}

const COLUMNS: Readonly<Record<ChangeSection["title"], readonly [string, string]>> = { Flows: ["flow", "now"], Findings: ["finding", "what"], Document: ["place", "now"] };
