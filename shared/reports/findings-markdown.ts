import { SEVERITIES, type Finding, type FindingsReport } from "../analysis/result";
import { rootCauses, type RootCause } from "../analysis/root-causes";
import { pathLine } from "./findings-text";
import { managementVerdict, type ManagementView } from "./management-verdict";
import { markdownTable, markdownText as text } from "./markdown";
import { alike, consequences, type Group } from "./root-cause-groups";

/**
 * A report for a wiki page or a pull request comment.
 *
 * @param notes what is to be said of a finding's acceptance (`acceptanceNotes`), by id
 * @param view what `managementView` says of the document
 */
export function findingsMarkdown(report: FindingsReport, notes: ReadonlyMap<string, string>, view: ManagementView): string {
  const { summary } = report;
  const pairs = summary.tenantPairs;
  const parts = [
    `# ${text(report.document.name)}`,
    `Analysed ${report.today} with Bulkhead ${report.analyzer}; document sha256 \`${report.document.sha256}\`.`,
    markdownTable(
      [...SEVERITIES, "accepted"],
      [[...SEVERITIES.map((severity) => String(summary[severity])), String(summary.accepted)]],
    ),
    `Tenant pairs: ${pairs.isolated} isolated, ${pairs.permitted} permitted, ${pairs.violating} violating, ${pairs.unknown} unknown. `
      + `Management: ${text(managementVerdict(summary, view).text)}.`,
    ...rootCauses(report.findings).map((root) => section(root, notes)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(root: RootCause, notes: ReadonlyMap<string, string>): string {
  const [finding] = root.findings;
  const note = notes.get(finding.id);
  const lines = [`## ${finding.accepted ? "Accepted" : capital(finding.severity)}: ${text(finding.title)}`, "", `\`${finding.id}\``, "", text(finding.detail)];
  if (note !== undefined) lines.push("", text(note));
  if (finding.path.length > 0) lines.push("", `Path: ${text(pathLine(finding.path))}`);
  for (const fix of finding.fixes) lines.push("", `Fix: ${text(fix.title)}${fix.verified ? " (verified)" : ""}`);
  for (const group of [alike(root), consequences(root)]) lines.push(...list(group, notes));
  if (finding.references.length > 0) lines.push("", `References: ${finding.references.map(text).join("; ")}`);
  return lines.join("\n");
}

function list({ title, shown, more }: Group, notes: ReadonlyMap<string, string>): string[] {
  if (shown.length === 0) return [];
  const item = ({ id, severity, title: own }: Finding): string => `- ${capital(severity)}: ${text(own)} (\`${id}\`)${notes.has(id) ? `. ${text(notes.get(id) ?? "")}` : ""}`;
  return ["", capital(title), "", ...shown.map(item), ...(more === 0 ? [] : [`- and ${more} more`])];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
