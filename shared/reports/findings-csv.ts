import type { FindingsReport } from "../analysis/result";
import { csv } from "./csv";
import { pathLine } from "./findings-text";
import { plain } from "./plain";

const HEADER = ["document", "id", "rule", "severity", "accepted", "title", "subjects", "services", "detail", "path", "fix", "references", "root", "children"];

/** One line a finding, for a spreadsheet. Several documents share one header. */
export function findingsCsv(reports: readonly FindingsReport[]): string {
  const rows = reports.flatMap((report) => report.findings.map((finding) => [
    report.document.name, finding.id, finding.rule, finding.severity, finding.accepted ? "yes" : "no", finding.title,
    finding.subjects.join(" "), finding.services.join(" "), finding.detail, pathLine(finding.path), finding.fixes[0]?.title ?? "",
    finding.references.join("; "), finding.root ?? "", (finding.children ?? []).join(" "),
  ].map(plain)));
  return csv([HEADER, ...rows]);
}
