import { SEVERITIES, type Finding, type FindingsReport } from "../analysis/result";
import { pathLine } from "./findings-text";
import { markdownTable, markdownText as text } from "./markdown";

/**
 * A report for a wiki page or a pull request comment.
 *
 * @param notes what is to be said of a finding's acceptance (`acceptanceNotes`), by id
 */
export function findingsMarkdown(report: FindingsReport, notes: ReadonlyMap<string, string>): string {
  const { summary } = report;
  const pairs = summary.tenantPairs;
  const exposed = summary.managementExposedTo.map(text).join(", ");
  const parts = [
    `# ${text(report.document.name)}`,
    `Analysed ${report.today} with Bulkhead ${report.analyzer}; document sha256 \`${report.document.sha256}\`.`,
    markdownTable(
      [...SEVERITIES, "accepted"],
      [[...SEVERITIES.map((severity) => String(summary[severity])), String(summary.accepted)]],
    ),
    `Tenant pairs: ${pairs.isolated} isolated, ${pairs.permitted} permitted, ${pairs.violating} violating, ${pairs.unknown} unknown. `
      + `Management: ${exposed === "" ? "exposed to no tenant or external network" : `exposed to ${exposed}`}.`,
    ...report.findings.map((finding) => section(finding, notes.get(finding.id))),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(finding: Finding, note: string | undefined): string {
  const lines = [`## ${finding.accepted ? "Accepted" : capital(finding.severity)}: ${text(finding.title)}`, "", `\`${finding.id}\``, "", text(finding.detail)];
  if (note !== undefined) lines.push("", text(note));
  if (finding.path.length > 0) lines.push("", `Path: ${text(pathLine(finding.path))}`);
  for (const fix of finding.fixes) lines.push("", `Fix: ${text(fix.title)}${fix.verified ? " (verified)" : ""}`);
  if (finding.references.length > 0) lines.push("", `References: ${finding.references.map(text).join("; ")}`);
  return lines.join("\n");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
