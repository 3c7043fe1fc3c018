import { SEVERITIES, type Finding, type FindingsReport, type Hop } from "../analysis/result";
import { rootCauses } from "../analysis/root-causes";
import { noPaint, type Paint } from "./paint";
import { managementVerdict, type ManagementView } from "./management-verdict";
import { plain } from "./plain";
import { alike, consequences, type Group } from "./root-cause-groups";

/**
 * The findings of one document for a person at a terminal, by root cause, most severe first: the first finding of each with its path and
 * first fix, the others and what follows from them as a line each.
 *
 * @param notes what is to be said of a finding's acceptance (`acceptanceNotes`), by id
 * @param view what `managementView` says of the document
 */
export function findingsText(report: FindingsReport, source: string, notes: ReadonlyMap<string, string>, view: ManagementView, paint: Paint = noPaint): string {
  const lines = [`${paint.bold(plain(report.document.name))}  ${paint.dim(`${plain(source)} · sha256 ${report.document.sha256.slice(0, 12)} · ${report.today}`)}`, ""];
  for (const root of rootCauses(report.findings)) {
    const [first] = root.findings;
    lines.push(...findingLines(first, notes.get(first.id), paint), ...[alike(root), consequences(root)].flatMap((group) => groupLines(group, notes, paint)), "");
  }
  lines.push(...summaryLines(report, view, paint));
  return `${lines.join("\n")}\n`;
}

function findingLines(finding: Finding, note: string | undefined, paint: Paint): string[] {
  const label = finding.accepted ? "accepted" : finding.severity;
  const lines = [
    `${paint.severity(label, label.toUpperCase().padEnd(9))}${paint.bold(plain(finding.title))}`,
    `         ${plain(finding.id)}`,
    `         ${plain(finding.detail)}`,
  ];
  if (note !== undefined) lines.push(`         ${plain(note)}`);
  if (finding.path.length > 0) lines.push(`         path: ${pathLine(finding.path)}`);
  const fix = finding.fixes[0];
  if (fix !== undefined) lines.push(`         fix: ${plain(fix.title)}${fixNote(finding)}`);
  return lines;
}

function groupLines({ title, shown, more }: Group, notes: ReadonlyMap<string, string>, paint: Paint): string[] {
  if (shown.length === 0) return [];
  return [
    `         ${title}`,
    ...shown.flatMap((finding) => {
      const note = notes.get(finding.id);
      return [`           ${paint.severity(finding.severity, finding.severity.toUpperCase().padEnd(9))}${plain(finding.id)}  ${paint.dim(plain(finding.title))}`, ...(note === undefined ? [] : [`                    ${plain(note)}`])];
    }),
    ...(more === 0 ? [] : [`           and ${more} more; --format json lists all`]),
  ];
}

function fixNote(finding: Finding): string {
  const fix = finding.fixes[0];
  if (fix === undefined) return "";
  const notes = [fix.verified ? "verified" : "not verified"];
  if (fix.introduces.length > 0) notes.push(`opens ${fix.introduces.length}`);
  if (fix.breaksRequired.length > 0) notes.push(`breaks ${fix.breaksRequired.join(", ")}`);
  if (finding.fixes.length > 1) notes.push(`${finding.fixes.length - 1} other`);
  return ` (${notes.join("; ")})`;
}

/** `a-web sends → pg-prod tags 100 → …` on one line. */
export function pathLine(hops: readonly Hop[]): string {
  return hops.map((hop) => plain(`${hop.at} ${hop.does}`)).join(" → ");
}

function summaryLines(report: FindingsReport, view: ManagementView, paint: Paint): string[] {
  const { summary } = report;
  const counts = SEVERITIES.map((severity) => `${summary[severity]} ${severity}`).join(", ");
  const pairs = summary.tenantPairs;
  const management = managementVerdict(summary, view), words = plain(management.text);
  return [
    `${paint.bold("Findings")}      ${counts}${summary.accepted > 0 ? `, ${summary.accepted} accepted` : ""}`,
    `${paint.bold("Tenant pairs")}  ${pairs.isolated} isolated, ${pairs.permitted} permitted, ${pairs.violating > 0 ? paint.bad(`${pairs.violating} violating`) : "0 violating"}, ${pairs.unknown} unknown`,
    `${paint.bold("Management")}    ${management.tone === "neutral" ? words : paint[management.tone](words)}`,
  ];
}
